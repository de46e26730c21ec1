package io.holdfast.outbox;

import io.holdfast.database.Columns;
import io.holdfast.due.DueKind;
import io.holdfast.due.DueRows;
import io.holdfast.event.Event;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import io.holdfast.kernel.BotId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The statements of T4: one for calls that ended well, and what follows from those that did not. */
final class SettledRows {
    private static final int LONGEST_REASON = 500;
    private static final String UPDATE = """
            update outbox_message o
            set state = k.state, outcome = k.outcome, reason = k.reason, channel_message_id = k.channel_message_id,
                attempts = o.attempts - k.uncounted,
                uncertain_at = case when k.state = 'UNCERTAIN' then coalesce(o.uncertain_at, clock_timestamp())
                                    else o.uncertain_at end,
                finished_at = case when k.finished then clock_timestamp() end
            from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::int[], ?::boolean[],
                        ?::bigint[])
                 as k (bot_id, outbox_id, state, outcome, reason, channel_message_id, uncounted, finished, epoch)
            where o.bot_id = k.bot_id and o.outbox_id = k.outbox_id and o.state = 'SENDING'
              and not exists (select 1 from bot_lease l where l.bot_id = k.bot_id and l.epoch <> k.epoch)
            """;

    private SettledRows() {}

    /** True where more than the row itself changes. */
    static boolean unusual(Settlement settlement) {
        return settlement.next() != null || settlement.message().due() || settlement.state() != OutboxState.SENT;
    }

    /** Closes what ended well. */
    static int update(Connection connection, List<Settlement> settlements, List<Long> epochs) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            bind(update, settlements, epochs);
            return update.executeUpdate();
        }
    }

    /** Closes or postpones each, with due rows, dead letters, events and what its chat suffers. */
    static List<Settlement> settle(Connection connection, List<Settlement> calls, List<Long> epochs)
            throws SQLException {
        List<Settlement> settlements = inTime(connection, calls);
        Map<OutboxMarks.Key, Duration> settled = updateAndMeasure(connection, settlements, epochs);
        List<Event> events = new ArrayList<>();
        for (Settlement settlement : settlements) {
            Duration took = settled.get(key(settlement));
            if (unusual(settlement) && took != null) {
                followUp(connection, settlement);
                event(settlement, took, events);
            }
        }
        Events.record(connection, events);
        return settlements;
    }

    /** Which were settled, and how long after their marks: each call, and its waiting for the commit. */
    private static Map<OutboxMarks.Key, Duration> updateAndMeasure(
            Connection connection, List<Settlement> settlements, List<Long> epochs) throws SQLException {
        String sql = UPDATE + """
                returning o.bot_id, o.outbox_id, (extract(epoch from clock_timestamp() - o.sending_at) * 1000)::bigint
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            bind(update, settlements, epochs);
            Map<OutboxMarks.Key, Duration> settled = new HashMap<>();
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    settled.put(
                            new OutboxMarks.Key(new BotId(rows.getLong(1)), rows.getLong(2)),
                            Duration.ofMillis(rows.getLong(3)));
                }
            }
            return settled;
        }
    }

    private static void bind(PreparedStatement update, List<Settlement> settlements, List<Long> epochs)
            throws SQLException {
        Columns.from(1, update, settlements)
                .longs(settlement -> settlement.message().bot().value())
                .longs(settlement -> settlement.message().outboxId())
                .texts(settlement -> settlement.state().name())
                .texts(Settlement::outcome)
                .texts(settlement -> shortened(settlement.reason()))
                .longs(Settlement::channelMessageId)
                .ints(settlement -> settlement.uncountedAttempt() ? 1 : 0)
                .booleans(settlement -> settlement.next() == null);
        update.setArray(9, update.getConnection().createArrayOf("bigint", epochs.toArray()));
    }

    /** The same, but what would be tried again after its deadline has ended now. */
    private static List<Settlement> inTime(Connection connection, List<Settlement> calls) throws SQLException {
        List<Settlement> waiting =
                calls.stream().filter(call -> call.next() != null).toList();
        if (waiting.isEmpty()) {
            return calls;
        }
        String sql = """
                select o.bot_id, o.outbox_id
                from unnest(?::bigint[], ?::bigint[], ?::bigint[]) as k (bot_id, outbox_id, pause)
                join outbox_message o on o.bot_id = k.bot_id and o.outbox_id = k.outbox_id
                where o.deadline_at < clock_timestamp() + k.pause * interval '1 millisecond'
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Columns.from(1, select, waiting)
                    .longs(settlement -> settlement.message().bot().value())
                    .longs(settlement -> settlement.message().outboxId())
                    .longs(settlement ->
                            Objects.requireNonNull(settlement.next()).toMillis());
            Set<OutboxMarks.Key> late = OutboxMarks.keys(select);
            return calls.stream()
                    .map(call -> call.next() != null && late.contains(key(call)) ? call.atDeadline() : call)
                    .toList();
        }
    }

    private static void followUp(Connection connection, Settlement settlement) throws SQLException {
        QueuedMessage message = settlement.message();
        QueuedMessage instead = settlement.instead();
        List<Long> ref = List.of(message.outboxId());
        if (instead != null) {
            revise(connection, instead);
        }
        if (settlement.next() != null) {
            DueRows.put(connection, message.bot(), DueKind.OUTBOX, ref, settlement.next());
        } else if (message.due()) {
            DueRows.remove(connection, message.bot(), DueKind.OUTBOX, ref);
        }
        if (SentLetters.worthOne(settlement)) {
            SentLetters.park(
                    connection,
                    message.bot(),
                    message.outboxId(),
                    message.messageClass(),
                    settlement.state() == OutboxState.EXPIRED
                            ? settlement.state().name()
                            : settlement.outcome(),
                    settlement.reason());
        }
        Long chat = message.chatId();
        if (settlement.unreachable() && chat != null) {
            Chats.unreachable(connection, message.bot(), chat, String.valueOf(settlement.reason()));
        }
    }

    private static void revise(Connection connection, QueuedMessage message) throws SQLException {
        String sql = """
                update outbox_message set chat_id = ?, payload = ?, amended = ?, rest = ?,
                    uncertain_at = case when ? then uncertain_at end
                where bot_id = ? and outbox_id = ?
                """;
        Revision revision = message.revision();
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setObject(1, message.chatId(), Types.BIGINT);
            update.setBytes(2, message.payload());
            update.setArray(
                    3, connection.createArrayOf("text", revision.amended().toArray()));
            update.setArray(
                    4,
                    revision.rest().isEmpty()
                            ? null
                            : connection.createArrayOf("bytea", revision.rest().toArray(byte[][]::new)));
            update.setBoolean(5, revision.doubtful());
            update.setLong(6, message.bot().value());
            update.setLong(7, message.outboxId());
            update.executeUpdate();
        }
    }

    private static void event(Settlement settlement, Duration took, List<Event> events) {
        EventKind kind = switch (settlement.state()) {
            case UNCERTAIN -> EventKind.UNCERTAIN;
            case EXPIRED -> EventKind.EXPIRED;
            case PARKED -> EventKind.PARKED;
            case SUPPRESSED -> EventKind.SUPPRESSED;
            case RETRY -> settlement.instead() == null ? null : EventKind.RETRIED;
            case SENT, PENDING, SENDING, CANCELLED -> null;
        };
        if (kind != null) {
            QueuedMessage message = settlement.message();
            events.add(
                    Event.ofMessage(kind, message.bot(), message.outboxId(), settlement.outcome(), settlement.reason())
                            .thatTook(took));
        }
    }

    private static OutboxMarks.Key key(Settlement settlement) {
        return new OutboxMarks.Key(
                settlement.message().bot(), settlement.message().outboxId());
    }

    private static @Nullable String shortened(@Nullable String reason) {
        return reason == null || reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }
}
