package io.holdfast.outbox;

import io.holdfast.channel.OutcomeClass;
import io.holdfast.database.Columns;
import io.holdfast.database.EngineDatabase;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** T3 and T4: marks messages before their calls, settles them after. Each call is one statement where nothing went wrong. */
@ApplicationScoped
public class OutboxMarks {

    @Inject
    private EngineDatabase database;

    @Inject
    private ChatMigrations migrations;

    /**
     * A message and the epoch in which its bot is held.
     *
     * @param again true when an earlier mark of this process may have been committed without an answer, and no call was made
     */
    public record Start(QueuedMessage message, long epoch, boolean again) {
        public Key key() {
            return new Key(message.bot(), message.outboxId());
        }
    }

    /** How a call ended, and the epoch in which it was marked. */
    public record Ended(Settlement settlement, long epoch) {}

    /** Names one message. */
    public record Key(BotId bot, long outboxId) {}

    /**
     * T3: commits that these calls start now.
     *
     * @return the messages whose calls may start; {@link Unsendable} says what becomes of the others
     */
    public Set<Key> markSending(String node, List<Start> starts) {
        String sql = """
                update outbox_message o
                set state = 'SENDING', attempts = o.attempts + 1, sending_at = clock_timestamp()
                from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::boolean[], ?::bigint[])
                     as k (bot_id, outbox_id, epoch, again, chat_id)
                join bot_lease l on l.bot_id = k.bot_id and l.epoch = k.epoch and l.node_id = ?
                where o.bot_id = k.bot_id and o.outbox_id = k.outbox_id and o.finished_at is null
                  and (o.state in ('PENDING', 'RETRY', 'UNCERTAIN') or k.again and o.state = 'SENDING')
                  and o.chat_id is not distinct from k.chat_id
                  and o.deadline_at >= clock_timestamp()
                  and (o.class = 'CONTROL' or not exists (
                      select 1 from chat c
                      where c.bot_id = o.bot_id and c.chat_id = o.chat_id and c.unreachable_at is not null))
                returning o.bot_id, o.outbox_id
                """;
        return database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                Columns.from(1, update, starts)
                        .longs(start -> start.message().bot().value())
                        .longs(start -> start.message().outboxId())
                        .longs(Start::epoch)
                        .booleans(Start::again)
                        .longs(start -> start.message().chatId());
                update.setString(6, node);
                return keys(update);
            }
        });
    }

    /**
     * T4: commits how these calls ended. Settling twice changes nothing; nor does settling a call of a bot that was taken since it
     * was marked: what became of it is its new owner's to say.
     *
     * @return what was committed, in the same order: a message whose next attempt would come after its deadline is finished
     */
    public List<Settlement> settle(List<Ended> calls) {
        List<Settlement> settlements = calls.stream().map(Ended::settlement).toList();
        List<Long> epochs = calls.stream().map(Ended::epoch).toList();
        if (settlements.stream().noneMatch(SettledRows::unusual)) {
            database.run(connection -> SettledRows.update(connection, settlements, epochs));
            return settlements;
        }
        // The chat moves in a transaction of its own: a crash after it leaves the message in doubt, at its new address.
        for (Settlement settlement : settlements) {
            Long from = settlement.message().chatId();
            QueuedMessage instead = settlement.instead();
            if (settlement.outcome().equals(OutcomeClass.MIGRATED.name()) && from != null && instead != null) {
                Long to = instead.chatId();
                if (to != null) {
                    migrations.migrate(settlement.message().bot(), from, to);
                }
            }
        }
        return database.inTransaction(connection -> SettledRows.settle(connection, settlements, epochs));
    }

    /**
     * Takes note that the calls of a former owner may or may not have arrived; what {@link LostCalls} has called again gets a due row.
     *
     * <p>A call that may still be under way is left, with a due row for the moment at which it must have ended: a node that was
     * cut off from the database, not from the channel, goes on with it.
     *
     * @param formerProcess this node where it held the bot before: what it called before it started again has ended
     * @return how many there were
     */
    public int markLost(BotId bot, long floor, @Nullable String formerProcess) {
        return database.inTransaction(connection -> {
            int lost = LostCalls.mark(
                            connection,
                            bot,
                            "the node was gone during the call",
                            "(%s) and (%s or o.sending_at < (select started_at from node where node_id = ?))"
                                    .formatted(LostCalls.OPEN, LostCalls.OVER),
                            (mark, first) -> {
                                mark.setLong(first, floor);
                                mark.setLong(first + 1, bot.value());
                                mark.setString(first + 2, formerProcess);
                            })
                    .size();
            LostCalls.comeBack(connection, bot, floor);
            return lost;
        });
    }

    /** The same for single calls of a former owner, where they must have ended. */
    public int markOver(BotId bot, Collection<Long> outboxIds) {
        return database.run(connection -> LostCalls.mark(
                        connection,
                        bot,
                        "a former owner's call was not settled",
                        "o.outbox_id = any(?::bigint[]) and " + LostCalls.OVER,
                        (mark, first) -> mark.setArray(first, connection.createArrayOf("bigint", outboxIds.toArray())))
                .size());
    }

    static Set<Key> keys(PreparedStatement returning) throws SQLException {
        Set<Key> keys = new HashSet<>();
        try (ResultSet rows = returning.executeQuery()) {
            while (rows.next()) {
                keys.add(new Key(new BotId(rows.getLong(1)), rows.getLong(2)));
            }
        }
        return keys;
    }
}
