package io.holdfast.outbox;

import io.holdfast.channel.Amendment;
import io.holdfast.database.EngineDatabase;
import io.holdfast.database.TurnDatabase;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a turn wants sent, written in the turn's transaction; and what is not finished, read back. */
@ApplicationScoped
public class Outbox {
    private static final String COLUMNS = """
            select o.outbox_id, o.chat_id, o.class, o.method, o.payload, o.attempts, o.state,
                   exists (select 1 from due d where d.bot_id = o.bot_id and d.kind = 'OUTBOX' and d.ref = o.outbox_id),
                   o.amended, o.rest, o.uncertain_at is not null
            from outbox_message o
            where o.bot_id = ? and o.state in ('PENDING', 'RETRY', 'SENDING', 'UNCERTAIN') and o.finished_at is null
            """;

    @Inject
    private TurnDatabase turn;

    @Inject
    private EngineDatabase engine;

    /**
     * Writes the messages in the current transaction, in order.
     *
     * @return those that are to be sent at once, to be handed on after the commit; a delayed one has a due row instead
     */
    public List<QueuedMessage> enqueue(BotId bot, long inboxId, List<NewMessage> messages) {
        return messages.isEmpty()
                ? List.of()
                : turn.run(connection -> enqueue(connection, List.of(new TurnMessages(bot, inboxId, messages)))
                        .getFirst());
    }

    /** The same for several turns that share the caller's transaction, for each in their order. */
    public List<List<QueuedMessage>> enqueue(Connection connection, List<TurnMessages> turns) throws SQLException {
        return NewMessages.write(connection, turns);
    }

    /**
     * What a new owner of the bot must know: unfinished messages above the floor, and those below it that wait for a second
     * call, oldest first. A delayed message is not among them: its due row brings it.
     */
    public List<QueuedMessage> recoverable(BotId bot, long floor) {
        String sql = COLUMNS + """
                 and (o.outbox_id > ? and not exists
                         (select 1 from due d where d.bot_id = o.bot_id and d.kind = 'OUTBOX' and d.ref = o.outbox_id)
                      or o.outbox_id in
                         (select ref from due
                          where bot_id = ? and kind = 'OUTBOX'
                            and (due_at <= clock_timestamp() or o.state in ('RETRY', 'UNCERTAIN'))))
                order by o.outbox_id
                """;
        return engine.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setLong(1, bot.value());
                select.setLong(2, floor);
                select.setLong(3, bot.value());
                return read(bot, select);
            }
        });
    }

    /** The unfinished messages of one turn. */
    public List<QueuedMessage> ofTurn(BotId bot, long inboxId) {
        return engine.run(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement(COLUMNS + " and o.inbox_id = ? order by o.outbox_id")) {
                select.setLong(1, bot.value());
                select.setLong(2, inboxId);
                return read(bot, select);
            }
        });
    }

    /** Those of the messages that are not finished, oldest first. */
    public List<QueuedMessage> unfinished(BotId bot, Collection<Long> outboxIds) {
        return engine.run(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement(COLUMNS + " and o.outbox_id = any(?::bigint[]) order by o.outbox_id")) {
                select.setLong(1, bot.value());
                select.setArray(2, connection.createArrayOf("bigint", outboxIds.toArray()));
                return read(bot, select);
            }
        });
    }

    private static List<QueuedMessage> read(BotId bot, PreparedStatement select) throws SQLException {
        List<QueuedMessage> messages = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                messages.add(new QueuedMessage(
                        bot,
                        row.getLong(1),
                        row.getObject(2, Long.class),
                        MessageClass.valueOf(row.getString(3)),
                        row.getString(4),
                        row.getBytes(5),
                        row.getInt(6),
                        OutboxState.valueOf(row.getString(7)),
                        row.getBoolean(8),
                        revision(row)));
            }
        }
        return messages;
    }

    private static Revision revision(ResultSet row) throws SQLException {
        Array amended = row.getArray(9);
        Array rest = row.getArray(10);
        Set<Amendment> forms = EnumSet.noneOf(Amendment.class);
        for (String form : amended == null ? new String[0] : (String[]) amended.getArray()) {
            forms.add(Amendment.valueOf(form));
        }
        return new Revision(forms, rest == null ? List.of() : List.of((byte[][]) rest.getArray()), row.getBoolean(11));
    }
}
