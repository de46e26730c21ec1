package io.holdfast.due;

import io.holdfast.kernel.BotId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;

/**
 * Writes and removes due rows on the caller's connection, in the transaction that needs them.
 *
 * <p>A row stays until its work is finished: whoever reads it only notes that it was handed on, so that a crash in between
 * loses nothing.
 */
public final class DueRows {

    private DueRows() {}

    /** Makes the work due after the pause, by the database's clock; a row that exists gets the new time. */
    public static void put(Connection connection, BotId bot, DueKind kind, Collection<Long> refs, Duration after)
            throws SQLException {
        String sql = """
                insert into due (bot_id, kind, ref, due_at)
                select ?, ?, ref, clock_timestamp() + ? * interval '1 millisecond' from unnest(?::bigint[]) as ref
                on conflict (bot_id, kind, ref) do update set due_at = excluded.due_at, handed_at = null
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, bot.value());
            insert.setString(2, kind.name());
            insert.setLong(3, after.toMillis());
            insert.setArray(4, connection.createArrayOf("bigint", refs.toArray()));
            insert.executeUpdate();
        }
    }

    /** Removes the row of finished work. */
    public static void remove(Connection connection, BotId bot, DueKind kind, Collection<Long> refs)
            throws SQLException {
        String sql = "delete from due where bot_id = ? and kind = ? and ref = any(?::bigint[])";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, bot.value());
            delete.setString(2, kind.name());
            delete.setArray(3, connection.createArrayOf("bigint", refs.toArray()));
            delete.executeUpdate();
        }
    }

    /** Removes the rows that were handed on to memory which needs none; one that was put anew since stays. */
    public static void removeHandedOn(Connection connection, BotId bot, DueKind kind, Collection<Long> refs)
            throws SQLException {
        String sql =
                "delete from due where bot_id = ? and kind = ? and ref = any(?::bigint[]) and handed_at is not null";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, bot.value());
            delete.setString(2, kind.name());
            delete.setArray(3, connection.createArrayOf("bigint", refs.toArray()));
            delete.executeUpdate();
        }
    }

    /** Removes all rows of the bot and the kind: the work they refer to was closed. */
    public static void removeAll(Connection connection, BotId bot, DueKind kind) throws SQLException {
        String sql = "delete from due where bot_id = ? and kind = ?";
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, bot.value());
            delete.setString(2, kind.name());
            delete.executeUpdate();
        }
    }

    /** Forgets that rows of the bot were handed on: whoever had them is gone. */
    public static void handAgain(Connection connection, BotId bot) throws SQLException {
        String sql = "update due set handed_at = null where bot_id = ? and handed_at is not null";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, bot.value());
            update.executeUpdate();
        }
    }
}
