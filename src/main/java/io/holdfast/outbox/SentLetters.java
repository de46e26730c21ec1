package io.holdfast.outbox;

import io.holdfast.channel.OutcomeClass;
import io.holdfast.database.Columns;
import io.holdfast.deadletter.DeadLetters;
import io.holdfast.deadletter.ParkedWork;
import io.holdfast.kernel.BotId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dead letters of messages that were given up: refused for good, or late although somebody waits for them. */
final class SentLetters {

    private SentLetters() {}

    static boolean worthOne(Settlement settlement) {
        return switch (settlement.state()) {
            case PARKED -> true;
            // Telegram's word that a button was pressed too long ago is no work for anybody.
            case EXPIRED ->
                worthOne(settlement.message().messageClass())
                        && !settlement.outcome().equals(OutcomeClass.PERMANENT.name());
            case PENDING, SENDING, SENT, RETRY, UNCERTAIN, SUPPRESSED, CANCELLED -> false;
        };
    }

    /** Nobody waits for a late answer to a button, nor for the progress of work. */
    static boolean worthOne(MessageClass messageClass) {
        return switch (messageClass) {
            case REPLY, NOTIFICATION, BULK -> true;
            case CONTROL, PROGRESS -> false;
        };
    }

    /** Parks those of these messages that somebody waits for; they have just expired. */
    static void parkExpired(Connection connection, List<OutboxMarks.Key> expired, String reason) throws SQLException {
        if (expired.isEmpty()) {
            return;
        }
        String sql = """
                select o.bot_id, o.outbox_id, o.class
                from unnest(?::bigint[], ?::bigint[]) as k (bot_id, outbox_id)
                join outbox_message o on o.bot_id = k.bot_id and o.outbox_id = k.outbox_id
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Columns.from(1, select, expired).longs(key -> key.bot().value()).longs(OutboxMarks.Key::outboxId);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    MessageClass messageClass = MessageClass.valueOf(row.getString(3));
                    if (worthOne(messageClass)) {
                        park(
                                connection,
                                new BotId(row.getLong(1)),
                                row.getLong(2),
                                messageClass,
                                OutboxState.EXPIRED.name(),
                                reason);
                    }
                }
            }
        }
    }

    static void park(
            Connection connection,
            BotId bot,
            long outboxId,
            MessageClass messageClass,
            String reason,
            @Nullable String detail)
            throws SQLException {
        ParkedWork.Priority priority =
                messageClass == MessageClass.BULK ? ParkedWork.Priority.P3 : ParkedWork.Priority.P2;
        DeadLetters.park(
                connection,
                new ParkedWork(
                        bot,
                        ParkedWork.Queue.OUTBOX,
                        outboxId,
                        priority,
                        ParkedWork.Owner.TENANT,
                        reason,
                        detail,
                        null,
                        null));
    }
}
