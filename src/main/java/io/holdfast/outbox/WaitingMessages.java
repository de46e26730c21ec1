package io.holdfast.outbox;

import io.holdfast.database.Columns;
import io.holdfast.database.EngineDatabase;
import io.holdfast.due.DueKind;
import io.holdfast.due.DueRows;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Closes messages while they wait in memory: past their deadline, or made needless. Closing twice changes nothing. */
@ApplicationScoped
public class WaitingMessages {

    @Inject
    private EngineDatabase database;

    /**
     * Closes those whose deadline has passed.
     *
     * @return how long each of those that are still open has left; the others are finished
     */
    public Map<OutboxMarks.Key, Duration> expire(List<QueuedMessage> messages) {
        return database.inTransaction(connection -> {
            close(connection, messages, OutboxState.EXPIRED, "its deadline passed while it waited", """
                     and o.deadline_at < clock_timestamp()
                    """);
            return left(connection, messages);
        });
    }

    /** Closes previews that newer messages have replaced. */
    public void cancel(List<QueuedMessage> messages) {
        database.inTransaction(connection -> {
            close(connection, messages, OutboxState.CANCELLED, "a newer message took its place", "");
            return true;
        });
    }

    private static void close(
            Connection connection, List<QueuedMessage> messages, OutboxState state, String reason, String condition)
            throws SQLException {
        String sql = """
                update outbox_message o
                set state = case when o.state = 'UNCERTAIN' then o.state else ? end, reason = ?,
                    finished_at = clock_timestamp()
                from unnest(?::bigint[], ?::bigint[]) as k (bot_id, outbox_id)
                where o.bot_id = k.bot_id and o.outbox_id = k.outbox_id and o.finished_at is null
                  and o.state in ('PENDING', 'RETRY', 'UNCERTAIN')
                """;
        try (PreparedStatement update =
                connection.prepareStatement(sql + condition + " returning o.bot_id, o.outbox_id, o.state")) {
            update.setString(1, state.name());
            update.setString(2, reason);
            Columns.from(3, update, messages)
                    .longs(message -> message.bot().value())
                    .longs(QueuedMessage::outboxId);
            List<OutboxMarks.Key> expired = new ArrayList<>();
            List<Event> events = new ArrayList<>();
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    BotId bot = new BotId(rows.getLong(1));
                    OutboxState closed = OutboxState.valueOf(rows.getString(3));
                    DueRows.remove(connection, bot, DueKind.OUTBOX, List.of(rows.getLong(2)));
                    if (closed == OutboxState.EXPIRED) {
                        expired.add(new OutboxMarks.Key(bot, rows.getLong(2)));
                    }
                    if (closed != OutboxState.CANCELLED) {
                        events.add(Event.ofMessage(EventKind.EXPIRED, bot, rows.getLong(2), closed.name(), reason));
                    }
                }
            }
            Events.record(connection, events);
            SentLetters.parkExpired(connection, expired, reason);
        }
    }

    private static Map<OutboxMarks.Key, Duration> left(Connection connection, List<QueuedMessage> messages)
            throws SQLException {
        String sql = """
                select o.bot_id, o.outbox_id, ceil(extract(epoch from o.deadline_at - clock_timestamp()) * 1000)::bigint
                from outbox_message o join unnest(?::bigint[], ?::bigint[]) as k (bot_id, outbox_id)
                     on o.bot_id = k.bot_id and o.outbox_id = k.outbox_id
                where o.finished_at is null
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Columns.from(1, select, messages)
                    .longs(message -> message.bot().value())
                    .longs(QueuedMessage::outboxId);
            Map<OutboxMarks.Key, Duration> left = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    left.put(
                            new OutboxMarks.Key(new BotId(rows.getLong(1)), rows.getLong(2)),
                            Duration.ofMillis(Math.max(1000, rows.getLong(3))));
                }
            }
            return left;
        }
    }
}
