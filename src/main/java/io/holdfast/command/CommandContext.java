package io.holdfast.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.channel.InboundUpdate;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.session.ChatState;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where and for whom a command runs, and what its chat remembers. */
public final class CommandContext {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BotId bot;
    private final String botUsername;
    private final InboundUpdate.Chat chat;
    private final Caller caller;
    private final Map<String, ChatState> states;

    public CommandContext(
            BotId bot, String botUsername, InboundUpdate.Chat chat, Caller caller, Map<String, ChatState> states) {
        this.bot = bot;
        this.botUsername = botUsername;
        this.chat = chat;
        this.caller = caller;
        this.states = new LinkedHashMap<>(states);
    }

    public BotId bot() {
        return bot;
    }

    public String botUsername() {
        return botUsername;
    }

    public InboundUpdate.Chat chat() {
        return chat;
    }

    public Caller caller() {
        return caller;
    }

    /**
     * What the chat remembers under this type, or empty.
     *
     * @param type a record that Jackson reads; its full name is the name of the state
     */
    public <S extends Record> Optional<S> state(Class<S> type) {
        @Nullable ChatState stored = states.get(type.getName());
        if (stored == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(stored.body(), type));
        } catch (IOException e) {
            throw new HoldfastException(
                    ErrorCategory.INTERNAL, "The chat state %s cannot be read.".formatted(type.getName()), e);
        }
    }

    /** The next form of a state, to be written after the one that was read. */
    public ChatState next(Record state) {
        String name = state.getClass().getName();
        @Nullable ChatState stored = states.get(name);
        try {
            return new ChatState(name, stored == null ? 0 : stored.version(), JSON.writeValueAsBytes(state));
        } catch (JsonProcessingException e) {
            throw new HoldfastException(
                    ErrorCategory.INTERNAL, "The chat state %s cannot be written.".formatted(name), e);
        }
    }
}
