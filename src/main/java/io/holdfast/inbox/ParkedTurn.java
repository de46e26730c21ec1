package io.holdfast.inbox;

import io.holdfast.deadletter.ParkedWork;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * An update that is parked, as a dead letter of the platform: its commands failed, whatever the user wrote.
 *
 * <p>P1 where money or a confirmation is at stake, or where its turns ended with the process; else P2.
 */
final class ParkedTurn {
    /** Within a text the quotes are escaped, so that nobody's words look like it. */
    private static final byte[] PAID = "\"successful_payment\"".getBytes(StandardCharsets.UTF_8);

    private ParkedTurn() {}

    static ParkedWork of(Connection connection, AcceptedUpdate row, int attempts, String reason) throws SQLException {
        return new ParkedWork(
                row.bot(),
                ParkedWork.Queue.INBOX,
                row.inboxId(),
                urgent(connection, row) ? ParkedWork.Priority.P1 : ParkedWork.Priority.P2,
                ParkedWork.Owner.PLATFORM,
                reason,
                "after %d failed turns".formatted(attempts),
                null,
                null);
    }

    private static boolean urgent(Connection connection, AcceptedUpdate row) throws SQLException {
        return row.marks() > 0
                || switch (row.update().kind()) {
                    case "callback_query", "pre_checkout_query", "shipping_query", "purchased_paid_media" -> true;
                    default -> paid(connection, row);
                };
    }

    private static boolean paid(Connection connection, AcceptedUpdate row) throws SQLException {
        String sql = "select position(?::bytea in payload) > 0 from inbox_update where bot_id = ? and inbox_id = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setBytes(1, PAID);
            select.setLong(2, row.bot().value());
            select.setLong(3, row.inboxId());
            try (ResultSet found = select.executeQuery()) {
                return found.next() && found.getBoolean(1);
            }
        }
    }
}
