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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What T3 did not mark: closes what is past its deadline or goes to a chat that cannot be reached.
 *
 * <p>A message that waits for its second call and is late stays UNCERTAIN: it may have arrived.
 */
@ApplicationScoped
public class Unsendable {

    @Inject
    private EngineDatabase database;

    @Inject
    private Outbox outbox;

    private record Closed(OutboxMarks.Key key, MessageClass messageClass, OutboxState state, String reason) {}

    /**
     * Closes what can no longer be sent; rows of another owner, and rows that were withdrawn, are left alone.
     *
     * @return the messages whose chat got another id since they were read, as they are now
     */
    public List<QueuedMessage> close(String node, List<OutboxMarks.Start> starts, Set<OutboxMarks.Key> marked) {
        List<OutboxMarks.Start> refused = starts.stream()
                .filter(start -> !marked.contains(new OutboxMarks.Key(
                        start.message().bot(), start.message().outboxId())))
                .toList();
        return refused.isEmpty() ? List.of() : close(node, refused);
    }

    private List<QueuedMessage> close(String node, List<OutboxMarks.Start> refused) {
        Set<OutboxMarks.Key> moved = database.inTransaction(connection -> {
            List<Closed> closed = closeRows(connection, node, refused);
            List<Event> events = new ArrayList<>();
            for (Closed row : closed) {
                followUp(connection, row);
                events.add(event(row));
            }
            Events.record(connection, events);
            forgetFinished(connection, refused);
            return moved(connection, refused);
        });
        List<QueuedMessage> anew = new ArrayList<>();
        for (OutboxMarks.Key key : moved) {
            anew.addAll(outbox.unfinished(key.bot(), List.of(key.outboxId())));
        }
        return anew;
    }

    private static List<Closed> closeRows(Connection connection, String node, List<OutboxMarks.Start> refused)
            throws SQLException {
        String sql = """
                update outbox_message o
                set state = case when o.state = 'UNCERTAIN' then o.state
                                 when o.deadline_at < clock_timestamp() then 'EXPIRED' else 'SUPPRESSED' end,
                    outcome = case when o.deadline_at < clock_timestamp() then o.outcome else 'RECIPIENT' end,
                    reason = case when o.deadline_at < clock_timestamp()
                                  then concat_ws('; ', 'its deadline had passed', o.reason)
                                  else 'the chat cannot be reached' end,
                    finished_at = clock_timestamp()
                from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::boolean[]) as k (bot_id, outbox_id, epoch, again)
                join bot_lease l on l.bot_id = k.bot_id and l.epoch = k.epoch and l.node_id = ?
                where o.bot_id = k.bot_id and o.outbox_id = k.outbox_id and o.finished_at is null
                  and (o.state in ('PENDING', 'RETRY', 'UNCERTAIN') or k.again and o.state = 'SENDING')
                  and (o.deadline_at < clock_timestamp()
                       or o.class <> 'CONTROL' and exists (
                          select 1 from chat c
                          where c.bot_id = o.bot_id and c.chat_id = o.chat_id and c.unreachable_at is not null))
                returning o.bot_id, o.outbox_id, o.class, o.state, o.reason
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            Columns.from(1, update, refused)
                    .longs(start -> start.message().bot().value())
                    .longs(start -> start.message().outboxId())
                    .longs(OutboxMarks.Start::epoch)
                    .booleans(OutboxMarks.Start::again);
            update.setString(5, node);
            List<Closed> closed = new ArrayList<>();
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    closed.add(new Closed(
                            new OutboxMarks.Key(new BotId(rows.getLong(1)), rows.getLong(2)),
                            MessageClass.valueOf(rows.getString(3)),
                            OutboxState.valueOf(rows.getString(4)),
                            rows.getString(5)));
                }
            }
            return closed;
        }
    }

    private static void followUp(Connection connection, Closed row) throws SQLException {
        BotId bot = row.key().bot();
        long id = row.key().outboxId();
        DueRows.remove(connection, bot, DueKind.OUTBOX, List.of(id));
        if (row.state() == OutboxState.EXPIRED && SentLetters.worthOne(row.messageClass())) {
            SentLetters.park(
                    connection, bot, id, row.messageClass(), row.state().name(), row.reason());
        }
    }

    /** Due rows of what somebody else had closed while it waited in memory for its time. */
    private static void forgetFinished(Connection connection, List<OutboxMarks.Start> refused) throws SQLException {
        List<OutboxMarks.Start> due =
                refused.stream().filter(start -> start.message().due()).toList();
        if (due.isEmpty()) {
            return;
        }
        String sql = """
                delete from due d
                using unnest(?::bigint[], ?::bigint[]) as k (bot_id, outbox_id)
                join outbox_message o on o.bot_id = k.bot_id and o.outbox_id = k.outbox_id and o.finished_at is not null
                where d.bot_id = k.bot_id and d.kind = 'OUTBOX' and d.ref = k.outbox_id
                """;
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            Columns.from(1, delete, due)
                    .longs(start -> start.message().bot().value())
                    .longs(start -> start.message().outboxId());
            delete.executeUpdate();
        }
    }

    private static Event event(Closed row) {
        EventKind kind = switch (row.state()) {
            case EXPIRED -> EventKind.EXPIRED;
            case UNCERTAIN -> EventKind.UNCERTAIN;
            default -> EventKind.SUPPRESSED;
        };
        return Event.ofMessage(
                kind, row.key().bot(), row.key().outboxId(), row.state().name(), row.reason());
    }

    private static Set<OutboxMarks.Key> moved(Connection connection, List<OutboxMarks.Start> refused)
            throws SQLException {
        String sql = """
                select o.bot_id, o.outbox_id
                from unnest(?::bigint[], ?::bigint[], ?::bigint[]) as k (bot_id, outbox_id, chat_id)
                join outbox_message o on o.bot_id = k.bot_id and o.outbox_id = k.outbox_id
                where o.finished_at is null and o.state in ('PENDING', 'RETRY', 'UNCERTAIN')
                  and o.chat_id is distinct from k.chat_id
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Columns.from(1, select, refused)
                    .longs(start -> start.message().bot().value())
                    .longs(start -> start.message().outboxId())
                    .longs(start -> start.message().chatId());
            return OutboxMarks.keys(select);
        }
    }
}
