package io.holdfast.outbox;

import io.holdfast.channel.OutcomeClass;
import io.holdfast.deadletter.DeadLetters;
import io.holdfast.deadletter.ParkedWork;
import io.holdfast.kernel.BotId;
import java.sql.Connection;
import java.sql.SQLException;
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
