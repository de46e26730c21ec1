package io.holdfast.deadletter;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;

/**
 * Parked work: written on the connection of whoever parks it, so that parking and closing the row are one commit.
 *
 * <p>Parking the same row again changes nothing.
 */
public final class DeadLetters {

    private DeadLetters() {}

    /** Writes one dead letter on the caller's connection. */
    public static void park(Connection connection, ParkedWork work) throws SQLException {
        String sql = """
                insert into dead_letter (bot_id, queue, ref, priority, owner, reason, detail, payload, payload_size)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (bot_id, queue, ref) where ref is not null do nothing
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, work.bot().value());
            insert.setString(2, work.queue().name());
            insert.setObject(3, work.ref(), Types.BIGINT);
            insert.setString(4, work.priority().name());
            insert.setString(5, work.owner().name());
            insert.setString(6, work.reason());
            insert.setString(7, work.detail());
            insert.setBytes(8, work.payload());
            insert.setObject(9, work.payloadSize(), Types.BIGINT);
            insert.executeUpdate();
        }
    }
}
