package io.holdfast.session;

import io.holdfast.database.TurnDatabase;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashMap;
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

    /** The chat's id of today: an update of before its migration still names the old one. */
    private static final String TODAY = """
            coalesce((select migrated_to from chat where bot_id = ? and chat_id = ?), ?)""";

    @Inject
    private TurnDatabase database;

    /** All that the chat remembers, by name. */
    public Map<String, ChatState> read(BotId bot, long chatId) {
        String sql = "select name, version, body from chat_state where bot_id = ? and chat_id = " + TODAY;
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setLong(1, bot.value());
                select.setLong(2, bot.value());
                select.setLong(3, chatId);
                select.setLong(4, chatId);
                Map<String, ChatState> states = new HashMap<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        states.put(
                                rows.getString(1), new ChatState(rows.getString(1), rows.getLong(2), rows.getBytes(3)));
                    }
                }
                return states;
            }
        });
    }

    /** Writes the next version of one state; {@code state.version()} is the one that was read. */
    public void write(BotId bot, long chatId, ChatState state) {
        if (state.body().length > LARGEST) {
            throw new HoldfastException(
                    ErrorCategory.INVALID,
                    "The chat state %s has %d bytes, more than %d."
                            .formatted(state.name(), state.body().length, LARGEST));
        }
        String sql = "insert into chat_state (bot_id, chat_id, name, version, body) values (?, " + TODAY + """
                , ?, ?, ?)
                on conflict (bot_id, chat_id, name) do update
                    set version = excluded.version, body = excluded.body, changed_at = now()
                    where chat_state.version = excluded.version - 1
                """;
        int written = database.run(connection -> {
            try (PreparedStatement upsert = connection.prepareStatement(sql)) {
                upsert.setLong(1, bot.value());
                upsert.setLong(2, bot.value());
                upsert.setLong(3, chatId);
                upsert.setLong(4, chatId);
                upsert.setString(5, state.name());
                upsert.setLong(6, state.version() + 1);
                upsert.setBytes(7, state.body());
                return upsert.executeUpdate();
            }
        });
        if (written != 1) {
            throw new HoldfastException(
                    ErrorCategory.CONFLICT, "The chat state %s was changed meanwhile.".formatted(state.name()));
        }
    }
}
