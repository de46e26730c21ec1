package io.holdfast.due;

import io.holdfast.database.EngineDatabase;
import io.holdfast.event.Event;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import io.holdfast.event.Sweeps;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Closes open rows whose deadline has passed, with an event each, 1,000 at a time in the order of bot and id.
 *
 * <p>Open rows are above their bot's floor or have a due row. The due row goes with what is closed, except that of an update
 * whose bot a living node holds: its chat may wait for it there, and its reader removes it once its time has come. Several
 * nodes at once close each row once.
 */
@ApplicationScoped
public class Expiry {
    private static final int PAGE = 1000;
    private static final String REASON = "its deadline passed before anybody came to it";

    @Inject
    private EngineDatabase database;

    /**
     * A queue's table. All of it is SQL of ours, {@code r} is its row.
     *
     * @param floor the queue's floor in the bot's lease
     * @param open what holds for rows that may be closed
     * @param closedState the state they get
     */
    public record Queue(
            DueKind kind, String table, String key, String floor, String deadline, String open, String closedState) {}

    /** A row that was looked at; {@code closedAs} is null where it was left as it was. */
    public record Row(BotId bot, long id, @Nullable String closedAs) {}

    /** What else the closing of rows brings, in the same transaction. */
    @FunctionalInterface
    public interface FollowUp {
        void closed(Connection connection, List<Row> rows, String reason) throws SQLException;
    }

    /** Closes what is past its deadline, of the bots that {@code holder} holds; of those that no lane runs where it is null. */
    public void expire(Queue queue, @Nullable String holder, FollowUp followUp, Sweeps.Tally tally) {
        Row last = new Row(new BotId(1), 0, null);
        List<Row> page;
        do {
            Row after = last;
            page = database.inTransaction(connection -> page(connection, queue, holder, followUp, after));
            tally.add("expired", (int)
                    page.stream().filter(row -> row.closedAs() != null).count());
            last = page.isEmpty() ? last : page.getLast();
        } while (page.size() == PAGE);
    }

    private static List<Row> page(
            Connection connection, Queue queue, @Nullable String holder, FollowUp followUp, Row after)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql(queue))) {
            update.setLong(1, after.bot().value());
            update.setLong(2, after.bot().value());
            update.setLong(3, after.id());
            update.setString(4, holder);
            update.setString(5, holder);
            update.setInt(6, PAGE);
            update.setString(7, REASON);
            List<Row> rows = new ArrayList<>();
            try (ResultSet row = update.executeQuery()) {
                while (row.next()) {
                    rows.add(new Row(new BotId(row.getLong(1)), row.getLong(2), row.getString(3)));
                }
            }
            Events.record(connection, events(queue, rows));
            followUp.closed(connection, rows, REASON);
            return rows;
        }
    }

    private static List<Event> events(Queue queue, List<Row> rows) {
        List<Event> events = new ArrayList<>();
        for (Row row : rows) {
            String closedAs = row.closedAs();
            if (closedAs != null) {
                events.add(
                        switch (queue.kind()) {
                            case INBOX ->
                                Event.ofUpdate(EventKind.EXPIRED, row.bot(), row.id(), closedAs, REASON, null);
                            case OUTBOX -> Event.ofMessage(EventKind.EXPIRED, row.bot(), row.id(), closedAs, REASON);
                        });
            }
        }
        return events;
    }

    private static String sql(Queue queue) {
        return """
                with page as materialized (
                    select l.bot_id, w.id, n.lease_until >= now() as held
                    from bot_lease l
                    join bot b on b.bot_id = l.bot_id
                    left join node n on n.node_id = l.node_id
                    cross join lateral (
                        select r.%2$s from %1$s r
                        where r.bot_id = l.bot_id and r.%2$s > l.%3$s and r.%4$s < now() and %5$s
                        union
                        select d.ref from due d where d.bot_id = l.bot_id and d.kind = '%7$s') as w (id)
                    where l.bot_id >= ? and (l.bot_id, w.id) > (?, ?)
                      and case when ?::text is null then b.state <> 'RUNNING' or n.node_id is null or n.lease_until < now()
                               else l.node_id = ? end
                    order by l.bot_id, w.id limit ?),
                closed as (
                    update %1$s r set state = %6$s, reason = ?, finished_at = clock_timestamp()
                    from page p
                    where r.bot_id = p.bot_id and r.%2$s = p.id and r.%4$s < now() and %5$s
                    returning r.bot_id, r.%2$s as id, r.state, p.held),
                forgotten as (
                    delete from due d using closed c
                    where d.bot_id = c.bot_id and d.kind = '%7$s' and d.ref = c.id and %8$s)
                select p.bot_id, p.id, c.state
                from page p left join closed c on c.bot_id = p.bot_id and c.id = p.id
                order by p.bot_id, p.id
                """.formatted(
                        queue.table(),
                        queue.key(),
                        queue.floor(),
                        queue.deadline(),
                        queue.open(),
                        queue.closedState(),
                        queue.kind(),
                        waitedFor(queue.kind()) ? "c.held is not true" : "true");
    }

    /** A lane closes late messages by itself, whatever they wait for. */
    private static boolean waitedFor(DueKind kind) {
        return switch (kind) {
            case INBOX -> true;
            case OUTBOX -> false;
        };
    }
}
