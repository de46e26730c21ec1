package io.holdfast.lane;

import io.holdfast.database.Columns;
import io.holdfast.database.EngineDatabase;
import io.holdfast.event.Event;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Pauses that a restart and the next owner of the bot must keep: rows of the table pause. */
@ApplicationScoped
class PauseStore {

    @Inject
    private EngineDatabase database;

    /**
     * Stores the pauses, each at its longest, and an event for each that has begun.
     *
     * <p>Storing twice changes nothing: whoever gets no answer does it again.
     */
    void store(List<Pause> pauses) {
        database.inTransaction(connection -> {
            List<Event> events = unknown(
                            connection, pauses.stream().filter(Pause::begun).toList())
                    .stream()
                    .map(PauseStore::event)
                    .toList();
            insert(connection, pauses);
            Events.record(connection, events);
            return true;
        });
    }

    /** Those that were not stored before: a row that ends when they end is theirs, one that ended as they began is another's. */
    private static List<Pause> unknown(Connection connection, List<Pause> begun) throws SQLException {
        if (begun.isEmpty()) {
            return begun;
        }
        String sql = """
                select n from unnest(?::bigint[], ?::bigint[], ?::bigint[]) with ordinality as p (bot_id, chat_id, middle, n)
                where not exists (
                    select 1 from pause q
                    where q.bot_id = p.bot_id and q.chat_id = p.chat_id
                      and q.until_at > clock_timestamp() + p.middle * interval '1 millisecond')
                order by n
                """;
        long now = System.nanoTime();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Columns.from(1, select, begun)
                    .longs(pause -> pause.bot().value())
                    .longs(Pause::chat)
                    .longs(pause -> left(pause, now) - pause.length().toMillis() / 2);
            List<Pause> unknown = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    unknown.add(begun.get(rows.getInt(1) - 1));
                }
            }
            return unknown;
        }
    }

    /** In milliseconds; below zero when it is over. */
    private static long left(Pause pause, long now) {
        return Duration.ofNanos(pause.until() - now).toMillis();
    }

    /** The bot's pauses that are in force, with what is left of them; forgets the others. */
    List<Pause> of(BotId bot) {
        String sql = """
                with over as (delete from pause where bot_id = ? and until_at <= clock_timestamp())
                select chat_id, ceil(extract(epoch from until_at - clock_timestamp()) * 1000)::bigint
                from pause where bot_id = ? and until_at > clock_timestamp()
                """;
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setLong(1, bot.value());
                select.setLong(2, bot.value());
                List<Pause> pauses = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        pauses.add(new Pause(
                                bot, rows.getLong(1), Duration.ofMillis(rows.getLong(2)), false, System.nanoTime()));
                    }
                }
                return pauses;
            }
        });
    }

    /** Forgets the pauses of these bots that are over. */
    void removeOver(List<BotId> bots) {
        database.run(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "delete from pause where bot_id = any(?::bigint[]) and until_at <= clock_timestamp()")) {
                delete.setArray(
                        1,
                        connection.createArrayOf(
                                "bigint", bots.stream().map(BotId::value).toArray()));
                return delete.executeUpdate();
            }
        });
    }

    private static void insert(Connection connection, List<Pause> pauses) throws SQLException {
        String sql = """
                insert into pause (bot_id, chat_id, until_at)
                select bot_id, chat_id, clock_timestamp() + max(time_left) * interval '1 millisecond'
                from unnest(?::bigint[], ?::bigint[], ?::bigint[]) as p (bot_id, chat_id, time_left)
                group by bot_id, chat_id
                on conflict (bot_id, chat_id) do update set until_at = greatest(pause.until_at, excluded.until_at)
                """;
        long now = System.nanoTime();
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            Columns.from(1, insert, pauses)
                    .longs(pause -> pause.bot().value())
                    .longs(Pause::chat)
                    .longs(pause -> left(pause, now));
            insert.executeUpdate();
        }
    }

    private static Event event(Pause pause) {
        return Event.ofBot(
                        EventKind.THROTTLED,
                        pause.bot(),
                        pause.ofWholeBot() ? "BOT" : "CHAT",
                        "%s waits for %d s"
                                .formatted(
                                        pause.ofWholeBot() ? "the bot" : "chat " + pause.chat(),
                                        pause.length().toSeconds()))
                .thatTook(pause.length());
    }
}
