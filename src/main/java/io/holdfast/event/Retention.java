package io.holdfast.event;

import io.holdfast.database.EngineDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * Removes the rows of a table that were kept long enough: bot by bot in the order of their keys, 1,000 at a time, each page a
 * commit of its own.
 *
 * <p>A page is made of keys alone, so that rows which may not go never hide those behind them. Ids rise with time: a bot is
 * left at its first page with a young row. Several nodes at once remove the same rows once.
 */
@ApplicationScoped
public class Retention {
    private static final int PAGE = 1000;
    private static final String REMOVED = "removed";

    @Inject
    private EngineDatabase database;

    /**
     * A table whose key is the bot and a rising number. All of it is SQL of ours, {@code r} is its row.
     *
     * @param bornAt when the row was written
     * @param doneAt from when on it is kept; null for a row that is not finished
     * @param exempt what holds for rows that stay
     */
    public record Table(String name, String key, String bornAt, String doneAt, String exempt) {}

    private record Page(long rows, long last, boolean old, int removed) {}

    /** Removes all that may go, and writes one event when that was anything. */
    public void prune(Table table, Duration kept, Sweeps.Tally tally) {
        long begun = System.nanoTime();
        try {
            for (OptionalLong bot = nextBot(table, Long.MIN_VALUE);
                    bot.isPresent();
                    bot = nextBot(table, bot.getAsLong())) {
                prune(table, kept, bot.getAsLong(), tally);
            }
        } finally {
            if (tally.count(REMOVED) > 0) {
                tell(table.name(), tally.count(REMOVED), kept, begun);
            }
        }
    }

    /** The event of a sweep that removed rows; {@code begun} is when, by System.nanoTime. */
    public void tell(String table, int removed, Duration kept, long begun) {
        Event event = Event.ofInstallation(
                        EventKind.PRUNED, table, "%d rows that were kept for %s".formatted(removed, kept))
                .thatTook(Duration.ofNanos(System.nanoTime() - begun));
        database.run(connection -> {
            Events.record(connection, event);
            return true;
        });
    }

    private void prune(Table table, Duration kept, long bot, Sweeps.Tally tally) {
        long after = Long.MIN_VALUE;
        Page page;
        do {
            long from = after;
            page = database.run(connection -> page(connection, table, kept, bot, from));
            tally.add(REMOVED, page.removed());
            after = page.last();
        } while (page.rows() == PAGE && page.old());
    }

    private OptionalLong nextBot(Table table, long after) {
        String sql = "select min(bot_id) from %s where bot_id > ?".formatted(table.name());
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setLong(1, after);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    long bot = row.getLong(1);
                    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(bot);
                }
            }
        });
    }

    private static Page page(Connection connection, Table table, Duration kept, long bot, long after)
            throws SQLException {
        String sql = """
                with page as materialized (
                    select r.%2$s as key, r.%3$s < now() - ? * interval '1 millisecond' as old
                    from %1$s r where r.bot_id = ? and r.%2$s > ? order by r.%2$s limit ?),
                gone as (
                    delete from %1$s r using page p
                    where r.bot_id = ? and r.%2$s = p.key and p.old
                      and r.%4$s < now() - ? * interval '1 millisecond' and not (%5$s)
                    returning 1)
                select count(*), max(key), coalesce(bool_and(old), false), (select count(*) from gone) from page
                """.formatted(table.name(), table.key(), table.bornAt(), table.doneAt(), table.exempt());
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, kept.toMillis());
            delete.setLong(2, bot);
            delete.setLong(3, after);
            delete.setInt(4, PAGE);
            delete.setLong(5, bot);
            delete.setLong(6, kept.toMillis());
            try (ResultSet row = delete.executeQuery()) {
                row.next();
                return new Page(row.getLong(1), row.getLong(2), row.getBoolean(3), row.getInt(4));
            }
        }
    }
}
