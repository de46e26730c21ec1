package io.holdfast.due;

import io.holdfast.database.Columns;
import io.holdfast.kernel.BotId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/**
 * Writes and removes due rows on the caller's connection, in the transaction that needs them.
 *
 * <p>A row stays until its work is finished: whoever reads it only notes that it was handed on, so that a crash in between
 * loses nothing.
 */
public final class DueRows {
    /** No row has this id: a due row of it is removed when it is read. */
    private static final long NO_WORK = 0;

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

    /** What a due row refers to. */
    public record Ref(BotId bot, long ref) {}

    /** Removes the rows of finished work, of any bots; no statement where there are none. */
    public static void remove(Connection connection, DueKind kind, List<Ref> refs) throws SQLException {
        if (refs.isEmpty()) {
            return;
        }
        String sql = """
                delete from due d using unnest(?::bigint[], ?::bigint[]) as r (bot_id, ref)
                where d.bot_id = r.bot_id and d.kind = ? and d.ref = r.ref
                """;
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            Columns.from(1, delete, refs).longs(ref -> ref.bot().value()).longs(Ref::ref);
            delete.setString(3, kind.name());
            delete.executeUpdate();
        }
    }

    /** Has the bot's lane made on the node it lives on, or on the one that sees this first, though nothing of it is due. */
    public static void bringLane(Connection connection, BotId bot) throws SQLException {
        put(connection, bot, DueKind.OUTBOX, List.of(NO_WORK), Duration.ZERO);
    }

    /** Removes the rows of one bot's finished work. */
    public static void remove(Connection connection, BotId bot, DueKind kind, Collection<Long> refs)
            throws SQLException {
        remove(connection, kind, refs.stream().map(ref -> new Ref(bot, ref)).toList());
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
