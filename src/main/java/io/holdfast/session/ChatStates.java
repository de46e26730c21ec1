package io.holdfast.session;

import io.holdfast.database.Columns;
import io.holdfast.database.TurnDatabase;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What chats remember between turns, read and written in the turn's transaction.
 *
 * <p>The turns of one chat run one after another, so a version that is not the one that was read means that another node had the
 * bot in between: the turn rolls back and is done again.
 */
@ApplicationScoped
public class ChatStates {
    /** A chat's memory is for counters and choices, not for documents. */
    private static final int LARGEST = 16 * 1024;

    @Inject
    private TurnDatabase database;

    /** A chat of a bot. */
    public record Key(BotId bot, long chatId) {}

    /** The next version of one state of a chat; {@code state.version()} is the one that was read. */
    public record Change(Key chat, ChatState state) {}

    /** All that the chat remembers, by name. */
    public Map<String, ChatState> read(BotId bot, long chatId) {
        return database.run(
                connection -> read(connection, List.of(new Key(bot, chatId))).getFirst());
    }

    /** All that each of the chats remembers, by name, in their order. An update of before a chat's migration still names the old id. */
    public List<Map<String, ChatState>> read(Connection connection, List<Key> chats) throws SQLException {
        String sql = """
                select k.n, s.name, s.version, s.body
                from unnest(?::bigint[], ?::bigint[]) with ordinality as k (bot_id, chat_id, n)
                     left join chat c on c.bot_id = k.bot_id and c.chat_id = k.chat_id
                     join chat_state s on s.bot_id = k.bot_id and s.chat_id = coalesce(c.migrated_to, k.chat_id)
                """;
        List<Map<String, ChatState>> states = new ArrayList<>();
        chats.forEach(chat -> states.add(new HashMap<>()));
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Columns.from(1, select, chats).longs(chat -> chat.bot().value()).longs(Key::chatId);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ChatState state = new ChatState(rows.getString(2), rows.getLong(3), rows.getBytes(4));
                    states.get(rows.getInt(1) - 1).put(state.name(), state);
                }
            }
            return states;
        }
    }

    /** Writes the next version of one state; {@code state.version()} is the one that was read. */
    public void write(BotId bot, long chatId, ChatState state) {
        database.run(connection -> {
            write(connection, List.of(new Change(new Key(bot, chatId), state)));
            return true;
        });
    }

    /** Writes the changes in the caller's transaction; one that comes too late fails them all. */
    public void write(Connection connection, List<Change> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        changes.forEach(change -> refuseLarge(change.state()));
        String sql = """
                insert into chat_state (bot_id, chat_id, name, version, body)
                select w.bot_id, coalesce(c.migrated_to, w.chat_id), w.name, w.version, w.body
                from unnest(?::bigint[], ?::bigint[], ?::text[], ?::bigint[], ?::bytea[])
                         as w (bot_id, chat_id, name, version, body)
                     left join chat c on c.bot_id = w.bot_id and c.chat_id = w.chat_id
                on conflict (bot_id, chat_id, name) do update
                    set version = excluded.version, body = excluded.body, changed_at = now()
                    where chat_state.version = excluded.version - 1
                """;
        try (PreparedStatement upsert = connection.prepareStatement(sql)) {
            Columns.from(1, upsert, changes)
                    .longs(change -> change.chat().bot().value())
                    .longs(change -> change.chat().chatId())
                    .texts(change -> change.state().name())
                    .longs(change -> change.state().version() + 1)
                    .bytes(change -> change.state().body());
            if (upsert.executeUpdate() != changes.size()) {
                throw new HoldfastException(
                        ErrorCategory.CONFLICT,
                        changes.size() == 1
                                ? "The chat state %s was changed meanwhile."
                                        .formatted(changes.getFirst().state().name())
                                : "One of %d chat states was changed meanwhile.".formatted(changes.size()));
            }
        }
    }

    private static void refuseLarge(ChatState state) {
        if (state.body().length > LARGEST) {
            throw new HoldfastException(
                    ErrorCategory.INVALID,
                    "The chat state %s has %d bytes, more than %d."
                            .formatted(state.name(), state.body().length, LARGEST));
        }
    }
}
