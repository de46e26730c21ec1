package io.holdfast.outbox;

import io.holdfast.database.Columns;
import io.holdfast.database.EngineDatabase;
import io.holdfast.deadletter.DeadLetters;
import io.holdfast.deadletter.ParkedWork;
import io.holdfast.due.DueKind;
import io.holdfast.due.DueRows;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** T3 and T4: marks messages before their calls, settles them after. Each call is one statement where nothing went wrong. */
@ApplicationScoped
public class OutboxMarks {
    private static final int LONGEST_REASON = 500;

    @Inject
    private EngineDatabase database;

    /**
     * A message and the epoch in which its bot is held.
     *
     * @param again true when an earlier mark of this process may have been committed without an answer, and no call was made
     */
    public record Start(QueuedMessage message, long epoch, boolean again) {}

    /** Names one message. */
    public record Key(BotId bot, long outboxId) {}

    /**
     * T3: commits that these calls start now.
     *
     * @return the messages whose calls may start; the others were withdrawn, are past their deadline, or belong to another node by now
     */
    public Set<Key> markSending(String node, List<Start> starts) {
        String sql = """
                update outbox_message o
                set state = case when o.deadline_at < clock_timestamp() then 'EXPIRED' else 'SENDING' end,
                    finished_at = case when o.deadline_at < clock_timestamp() then clock_timestamp() end,
                    attempts = o.attempts + 1, sending_at = clock_timestamp()
                from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::boolean[]) as k (bot_id, outbox_id, epoch, again)
                join bot_lease l on l.bot_id = k.bot_id and l.epoch = k.epoch and l.node_id = ?
                where o.bot_id = k.bot_id and o.outbox_id = k.outbox_id and o.finished_at is null
                  and (o.state in ('PENDING', 'RETRY', 'UNCERTAIN') or k.again and o.state = 'SENDING')
                returning o.bot_id, o.outbox_id, o.state
                """;
        return database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                Columns.from(1, update, starts)
                        .longs(start -> start.message().bot().value())
                        .longs(start -> start.message().outboxId())
                        .longs(Start::epoch)
                        .booleans(Start::again);
                update.setString(5, node);
                Set<Key> marked = new HashSet<>();
                try (ResultSet rows = update.executeQuery()) {
                    while (rows.next()) {
                        if (rows.getString(3).equals(OutboxState.SENDING.name())) {
                            marked.add(new Key(new BotId(rows.getLong(1)), rows.getLong(2)));
                        }
                    }
                }
                return marked;
            }
        });
    }

    /** T4: commits how these calls ended. Settling twice changes nothing. */
    public void settle(List<Settlement> settlements) {
        List<Settlement> unusual = settlements.stream()
                .filter(s -> s.next() != null
                        || s.state() == OutboxState.PARKED
                        || s.message().due())
                .toList();
        if (unusual.isEmpty()) {
            database.run(connection -> update(connection, settlements));
            return;
        }
        database.inTransaction(connection -> {
            update(connection, settlements);
            for (Settlement settlement : unusual) {
                followUp(connection, settlement);
            }
            return true;
        });
    }

    /**
     * Takes note that the calls of a node that is gone may or may not have arrived; those that may be repeated get a due row.
     *
     * @return how many there were
     */
    public int markLost(BotId bot, long floor) {
        String sql = """
                with lost as (
                    update outbox_message o set state = 'UNCERTAIN', outcome = 'UNCERTAIN',
                        reason = 'the node was gone during the call',
                        finished_at = case when attempts > 1 or class = 'BULK' then clock_timestamp() end
                    where o.bot_id = ? and o.state = 'SENDING'
                      and (o.outbox_id > ? or o.outbox_id in (select ref from due where bot_id = ? and kind = 'OUTBOX'))
                    returning o.bot_id, o.outbox_id, o.attempts, o.class),
                again as (
                    insert into due (bot_id, kind, ref, due_at)
                    select bot_id, 'OUTBOX', outbox_id, clock_timestamp() + ? * interval '1 millisecond'
                    from lost where attempts <= 1 and class <> 'BULK'
                    on conflict (bot_id, kind, ref) do update set due_at = excluded.due_at, handed_at = null)
                select count(*) from lost
                """;
        return database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setLong(1, bot.value());
                update.setLong(2, floor);
                update.setLong(3, bot.value());
                update.setLong(4, Settlement.RESEND_AFTER.toMillis());
                try (ResultSet row = update.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }

    private static int update(Connection connection, List<Settlement> settlements) throws SQLException {
        String sql = """
                update outbox_message o
                set state = k.state, outcome = k.outcome, reason = k.reason, channel_message_id = k.channel_message_id,
                    attempts = o.attempts - k.uncounted,
                    finished_at = case when k.finished then clock_timestamp() end
                from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::int[], ?::boolean[])
                     as k (bot_id, outbox_id, state, outcome, reason, channel_message_id, uncounted, finished)
                where o.bot_id = k.bot_id and o.outbox_id = k.outbox_id and o.state = 'SENDING'
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            Columns.from(1, update, settlements)
                    .longs(settlement -> settlement.message().bot().value())
                    .longs(settlement -> settlement.message().outboxId())
                    .texts(settlement -> settlement.state().name())
                    .texts(Settlement::outcome)
                    .texts(settlement -> shortened(settlement.reason()))
                    .longs(Settlement::channelMessageId)
                    .ints(settlement -> settlement.uncountedAttempt() ? 1 : 0)
                    .booleans(settlement -> settlement.next() == null);
            return update.executeUpdate();
        }
    }

    private static void followUp(Connection connection, Settlement settlement) throws SQLException {
        QueuedMessage message = settlement.message();
        List<Long> ref = List.of(message.outboxId());
        if (settlement.next() != null) {
            DueRows.put(connection, message.bot(), DueKind.OUTBOX, ref, settlement.next());
        } else if (message.due()) {
            DueRows.remove(connection, message.bot(), DueKind.OUTBOX, ref);
        }
        if (settlement.state() == OutboxState.PARKED) {
            DeadLetters.park(connection, deadLetter(settlement));
        }
    }

    private static ParkedWork deadLetter(Settlement settlement) {
        boolean bulk = settlement.message().messageClass() == MessageClass.BULK;
        return new ParkedWork(
                settlement.message().bot(),
                ParkedWork.Queue.OUTBOX,
                settlement.message().outboxId(),
                bulk ? ParkedWork.Priority.P3 : ParkedWork.Priority.P2,
                ParkedWork.Owner.TENANT,
                settlement.outcome(),
                settlement.reason(),
                null,
                null);
    }

    private static @Nullable String shortened(@Nullable String reason) {
        return reason == null || reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }
}
