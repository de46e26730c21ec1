package io.holdfast.outbox;

import io.holdfast.due.DueKind;
import io.holdfast.due.DueRows;
import io.holdfast.kernel.BotId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Sends a closed message again because a person wants it: the same row, due now, with a whole deadline of its class.
 *
 * <p>Its calls are counted anew, and an uncertain one is repeated once again. What is to be said stays as it is now: a form that the
 * channel refused is not tried again, and of a split message the parts that arrived are not repeated.
 */
final class Reopening {

    private Reopening() {}

    /** On the caller's connection, of a row that it holds. */
    static void reopen(Connection connection, BotId bot, long outboxId, MessageClass messageClass) throws SQLException {
        String sql = """
                update outbox_message
                set state = 'PENDING', attempts = 0, outcome = null, reason = null, finished_at = null, sending_at = null,
                    uncertain_at = null, amended = null, deadline_at = clock_timestamp() + ? * interval '1 millisecond'
                where bot_id = ? and outbox_id = ?
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, messageClass.deadline().toMillis());
            update.setLong(2, bot.value());
            update.setLong(3, outboxId);
            update.executeUpdate();
        }
        DueRows.put(connection, bot, DueKind.OUTBOX, List.of(outboxId), Duration.ZERO);
    }
}
