package io.holdfast.outbox;

import io.holdfast.database.Columns;
import io.holdfast.due.DueKind;
import io.holdfast.due.DueRows;
import io.holdfast.kernel.BotId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** Writes new messages of any bots, with one statement however many they are, and a due row for each delayed one. */
final class NewMessages {

    private record Row(BotId bot, long inboxId, NewMessage message) {

        QueuedMessage queued(long id) {
            return new QueuedMessage(
                    bot,
                    id,
                    message.chatId(),
                    message.messageClass(),
                    message.method(),
                    message.payload(),
                    0,
                    OutboxState.PENDING,
                    false);
        }

        /** Who is answered in a private chat has just spoken to the bot: the chat can be reached again. Who is one of many has not. */
        Long reachable() {
            Long chat = message.chatId();
            return chat == null || chat < 0 || message.messageClass() == MessageClass.BULK ? NO_CHAT : chat;
        }
    }

    /** No chat has this id. */
    private static final Long NO_CHAT = 0L;

    private NewMessages() {}

    /** Answers, for each of the turns, those that are to be sent at once. */
    static List<List<QueuedMessage>> write(Connection connection, List<TurnMessages> turns) throws SQLException {
        List<Row> rows = turns.stream()
                .flatMap(turn -> turn.messages().stream().map(message -> new Row(turn.bot(), turn.inboxId(), message)))
                .toList();
        Iterator<Long> ids = rows.isEmpty()
                ? Collections.emptyIterator()
                : insert(connection, rows).iterator();
        List<List<QueuedMessage>> written = new ArrayList<>(turns.size());
        for (TurnMessages turn : turns) {
            List<QueuedMessage> now = new ArrayList<>(turn.messages().size());
            for (NewMessage message : turn.messages()) {
                long id = ids.next();
                if (message.delay().isZero()) {
                    now.add(new Row(turn.bot(), turn.inboxId(), message).queued(id));
                } else {
                    DueRows.put(connection, turn.bot(), DueKind.OUTBOX, List.of(id), message.delay());
                }
            }
            written.add(now);
        }
        return written;
    }

    private static List<Long> insert(Connection connection, List<Row> rows) throws SQLException {
        String sql = """
                with reachable as (
                    delete from chat c using unnest(?::bigint[], ?::bigint[]) as a (bot_id, chat_id)
                    where c.bot_id = a.bot_id and c.chat_id = a.chat_id and c.chat_id > 0)
                insert into outbox_message (bot_id, inbox_id, chat_id, class, method, payload, due_at, deadline_at)
                select bot_id, inbox_id, chat_id, class, method, payload,
                       case when delay > 0 then clock_timestamp() + delay * interval '1 millisecond' end,
                       clock_timestamp() + (delay + deadline) * interval '1 millisecond'
                from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bytea[], ?::bigint[], ?::bigint[])
                     as m (bot_id, inbox_id, chat_id, class, method, payload, delay, deadline)
                returning outbox_id
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            Columns.from(1, insert, rows)
                    .longs(row -> row.bot().value())
                    .longs(Row::reachable)
                    .longs(row -> row.bot().value())
                    .longs(Row::inboxId)
                    .longs(row -> row.message().chatId())
                    .texts(row -> row.message().messageClass().name())
                    .texts(row -> row.message().method())
                    .bytes(row -> row.message().payload())
                    .longs(row -> row.message().delay().toMillis())
                    .longs(row -> row.message().messageClass().deadline().toMillis());
            List<Long> ids = new ArrayList<>(rows.size());
            try (ResultSet returned = insert.executeQuery()) {
                while (returned.next()) {
                    ids.add(returned.getLong(1));
                }
            }
            return ids;
        }
    }
}
