package io.holdfast.lane;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The chats of one bot that have something to send, or whose limits and pauses are not over. Not thread-safe. */
final class Chats {
    private final BotPace pace;
    private final Map<Long, ChatSends> known = new HashMap<>();
    private final TimedRing<ChatSends> idle = new TimedRing<>();

    Chats(BotPace pace) {
        this.pace = pace;
    }

    /** The chat, made where it is new; forgets those that are over. */
    ChatSends of(@Nullable Long chatId, long now) {
        for (ChatSends over = idle.poll(now); over != null; over = idle.poll(now)) {
            known.remove(over.id);
        }
        ChatSends chat = known.computeIfAbsent(key(chatId), id -> new ChatSends(id, pace));
        idle.remove(chat);
        return chat;
    }

    /** An empty chat is kept until a new one in its place would be the same. */
    void forgetLater(ChatSends chat, long now) {
        if (chat.isEmpty()) {
            idle.put(chat, chat.forgettableAt(), now);
        }
    }

    boolean paused(@Nullable Long chatId, long now) {
        ChatSends chat = known.get(key(chatId));
        return chat != null && chat.paused(now);
    }

    int paused(long now) {
        return (int) known.values().stream().filter(chat -> chat.paused(now)).count();
    }

    int size() {
        return known.size();
    }

    void forEach(Consumer<ChatSends> work) {
        known.values().forEach(work);
    }

    private static long key(@Nullable Long chatId) {
        return chatId == null ? ChatSends.NO_CHAT : chatId;
    }
}
