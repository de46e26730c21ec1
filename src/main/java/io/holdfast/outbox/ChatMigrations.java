package io.holdfast.outbox;

import io.holdfast.channel.MessageFormat;
import io.holdfast.database.Columns;
import io.holdfast.database.TurnDatabase;
import io.holdfast.event.Event;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.ChatMigrated;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives a chat its new id in every row, in one transaction.
 *
 * <p>Doing it again moves what is left, such as a message that was enqueued under the old id meanwhile. The memory of a lane needs no
 * word of it: T3 compares the chat of what it marks, and reads anew what has moved.
 */
@ApplicationScoped
public class ChatMigrations {

    @Inject
    private TurnDatabase database;

    @Inject
    private MessageFormat format;

    @Inject
    private jakarta.enterprise.event.Event<ChatMigrated> migrated;

    private record Moved(long outboxId, byte[] payload) {}

    /** Joins the caller's transaction, or makes one of its own. */
    @Transactional
    public void migrate(BotId bot, long from, long to) {
        if (from == to) {
            return;
        }
        database.run(connection -> {
            if (note(connection, bot, from, to)) {
                Events.record(
                        connection,
                        Event.ofBot(EventKind.MIGRATED, bot, "MIGRATED", "chat %d is now %d".formatted(from, to)));
            }
            redirect(connection, bot, to, waiting(connection, bot, from, to));
            return true;
        });
        migrated.fire(new ChatMigrated(bot, from, to));
    }

    /** False when it was known; whoever comes second waits for the first. */
    private static boolean note(Connection connection, BotId bot, long from, long to) throws SQLException {
        String sql = """
                insert into chat (bot_id, chat_id, migrated_to) values (?, ?, ?)
                on conflict (bot_id, chat_id) do update
                    set migrated_to = excluded.migrated_to, unreachable_at = null, reason = null
                    where chat.migrated_to is distinct from excluded.migrated_to
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, bot.value());
            insert.setLong(2, from);
            insert.setLong(3, to);
            return insert.executeUpdate() == 1;
        }
    }

    /** A call in flight is not among them: its own answer tells it. */
    private List<Moved> waiting(Connection connection, BotId bot, long from, long to) throws SQLException {
        String sql = """
                select o.outbox_id, o.payload from outbox_message o
                where o.bot_id = ? and o.chat_id = ? and o.state in ('PENDING', 'RETRY', 'UNCERTAIN') and o.finished_at is null
                  and (o.outbox_id > (select outbox_floor from bot_lease where bot_id = ?)
                       or o.outbox_id in (select ref from due where bot_id = ? and kind = 'OUTBOX'))
                order by o.outbox_id
                for update
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, bot.value());
            select.setLong(2, from);
            select.setLong(3, bot.value());
            select.setLong(4, bot.value());
            List<Moved> waiting = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    byte[] payload = rows.getBytes(2);
                    waiting.add(new Moved(
                            rows.getLong(1), format.redirected(payload, to).orElse(payload)));
                }
            }
            return waiting;
        }
    }

    private static void redirect(Connection connection, BotId bot, long to, List<Moved> moved) throws SQLException {
        if (moved.isEmpty()) {
            return;
        }
        String sql = """
                update outbox_message o set chat_id = ?, payload = k.payload
                from unnest(?::bigint[], ?::bytea[]) as k (outbox_id, payload)
                where o.bot_id = ? and o.outbox_id = k.outbox_id
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, to);
            Columns.from(2, update, moved).longs(Moved::outboxId).bytes(Moved::payload);
            update.setLong(4, bot.value());
            update.executeUpdate();
        }
    }
}
