package io.holdfast.outbox;

import io.holdfast.event.Event;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import io.holdfast.kernel.BotId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The chats with which something is the matter: on the connection of whoever finds out, in the same transaction.
 *
 * <p>T3 looks here before it marks a message, so nothing more is sent to a chat from the commit on.
 */
final class Chats {

    private Chats() {}

    /**
     * Notes that nothing gets there, and closes what waits for it but answers to buttons.
     *
     * <p>Due rows of closed messages come due at once: whoever holds such a message in memory then finds it closed.
     */
    static void unreachable(Connection connection, BotId bot, long chatId, String reason) throws SQLException {
        String sql = """
                with noted as (
                    insert into chat (bot_id, chat_id, unreachable_at, reason) values (?, ?, clock_timestamp(), ?)
                    on conflict (bot_id, chat_id) do update
                        set unreachable_at = coalesce(chat.unreachable_at, excluded.unreachable_at), reason = excluded.reason),
                closed as (
                    update outbox_message o
                    set state = 'SUPPRESSED', outcome = 'RECIPIENT', reason = 'the chat cannot be reached',
                        finished_at = clock_timestamp()
                    where o.bot_id = ? and o.chat_id = ? and o.class <> 'CONTROL'
                      and o.state in ('PENDING', 'RETRY') and o.finished_at is null
                      and (o.outbox_id > (select outbox_floor from bot_lease where bot_id = ?)
                           or o.outbox_id in (select ref from due where bot_id = ? and kind = 'OUTBOX'))
                    returning o.outbox_id)
                update due set due_at = clock_timestamp(), handed_at = null
                where bot_id = ? and kind = 'OUTBOX' and ref in (select outbox_id from closed)
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, bot.value());
            update.setLong(2, chatId);
            update.setString(3, reason);
            update.setLong(4, bot.value());
            update.setLong(5, chatId);
            update.setLong(6, bot.value());
            update.setLong(7, bot.value());
            update.setLong(8, bot.value());
            update.executeUpdate();
        }
    }

    /** Notes that the bot is let in again; does nothing where it was never out. */
    static void reachable(Connection connection, BotId bot, long chatId) throws SQLException {
        String sql =
                "update chat set unreachable_at = null, reason = null where bot_id = ? and chat_id = ? and unreachable_at is not null";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, bot.value());
            update.setLong(2, chatId);
            if (update.executeUpdate() == 1) {
                Events.record(
                        connection,
                        Event.ofBot(
                                EventKind.SUPPRESSED, bot, "REACHABLE", "the bot was let in again to chat " + chatId));
            }
        }
    }
}
