package io.holdfast.inbox;

import io.holdfast.database.Columns;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The statements that change one row of the inbox, on the caller's connection.
 *
 * <p>Closing and postponing compare state and epoch: a node that has lost the bot changes nothing.
 */
final class InboxRows {
    private static final int LONGEST_REASON = 500;

    private InboxRows() {}

    static boolean close(
            Connection connection,
            AcceptedUpdate row,
            Completion.Owner owner,
            InboxState state,
            @Nullable String reason)
            throws SQLException {
        return !close(connection, List.of(new SharedClaims.Closing(row, owner, state, reason, Duration.ZERO)))
                .isEmpty();
    }

    /** Closes rows of any bots with one statement; answers the ids of those that were open and ours. */
    static Set<Long> close(Connection connection, List<SharedClaims.Closing> closings) throws SQLException {
        String sql = """
                update inbox_update u set state = c.state, reason = coalesce(c.reason, u.reason), finished_at = clock_timestamp()
                from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[])
                         as c (bot_id, inbox_id, state, reason, node_id, epoch)
                     join bot_lease l on l.bot_id = c.bot_id and l.node_id = c.node_id and l.epoch = c.epoch
                where u.bot_id = c.bot_id and u.inbox_id = c.inbox_id and u.state in ('PENDING', 'RETRY')
                returning u.inbox_id
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            Columns.from(1, update, closings)
                    .longs(closing -> closing.row().bot().value())
                    .longs(closing -> closing.row().inboxId())
                    .texts(closing -> closing.state().name())
                    .texts(InboxRows::reason)
                    .texts(closing -> closing.owner().node())
                    .longs(closing -> closing.owner().epoch());
            Set<Long> closed = new HashSet<>();
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    closed.add(rows.getLong(1));
                }
            }
            return closed;
        }
    }

    private static @Nullable String reason(SharedClaims.Closing closing) {
        String reason = closing.reason();
        return reason == null ? null : shortened(reason);
    }

    static boolean retry(Connection connection, AcceptedUpdate row, Completion.Owner owner, String reason)
            throws SQLException {
        String sql = """
                update inbox_update u set state = 'RETRY', attempts = ?, reason = ?, marks = ?
                from bot_lease l
                where u.bot_id = ? and u.inbox_id = ? and u.state in ('PENDING', 'RETRY')
                  and l.bot_id = u.bot_id and l.node_id = ? and l.epoch = ?
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setInt(1, row.attempts());
            update.setString(2, shortened(reason));
            update.setInt(3, row.marks());
            update.setLong(4, row.bot().value());
            update.setLong(5, row.inboxId());
            update.setString(6, owner.node());
            update.setLong(7, owner.epoch());
            return update.executeUpdate() == 1;
        }
    }

    static boolean acknowledge(Connection connection, AcceptedUpdate row, Completion.Owner owner) throws SQLException {
        String sql = """
                update inbox_update u set acknowledged_at = clock_timestamp()
                from bot_lease l
                where u.bot_id = ? and u.inbox_id = ? and u.acknowledged_at is null and u.state in ('PENDING', 'RETRY')
                  and l.bot_id = u.bot_id and l.node_id = ? and l.epoch = ?
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, row.bot().value());
            update.setLong(2, row.inboxId());
            update.setString(3, owner.node());
            update.setLong(4, owner.epoch());
            return update.executeUpdate() == 1;
        }
    }

    /** Of a row that the caller's transaction has closed. */
    static int restate(Connection connection, AcceptedUpdate row, InboxState state, String reason) throws SQLException {
        String sql = "update inbox_update set state = ?, reason = ? where bot_id = ? and inbox_id = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, state.name());
            update.setString(2, shortened(reason));
            update.setLong(3, row.bot().value());
            update.setLong(4, row.inboxId());
            return update.executeUpdate();
        }
    }

    static int mark(Connection connection, AcceptedUpdate row, int marks) throws SQLException {
        String sql = "update inbox_update set marks = ? where bot_id = ? and inbox_id = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setInt(1, marks);
            update.setLong(2, row.bot().value());
            update.setLong(3, row.inboxId());
            return update.executeUpdate();
        }
    }

    static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }
}
