package io.holdfast.lane;

import java.time.Duration;

/** Whether a bot as a whole has to wait, and whether an answer "too many requests" means it or one chat alone. Not thread-safe. */
final class BotPause {
    /** Two chats that are told to wait within this time mean the bot. */
    private static final long SAME_STORM = Duration.ofSeconds(5).toNanos();
    /** So long a wait means the bot. */
    private static final Duration BOT_WIDE = Duration.ofSeconds(30);

    private long until;
    private long lastHitAt = -SAME_STORM - 1;
    private long lastHitChat;

    /** Takes note that the chat was told to wait so long; true when that means the whole bot. */
    boolean meansBot(long chat, Duration length, long now) {
        boolean another = chat != lastHitChat && now - lastHitAt <= SAME_STORM;
        lastHitAt = now;
        lastHitChat = chat;
        return another || length.compareTo(BOT_WIDE) >= 0;
    }

    /** False when a pause in force was only prolonged. */
    boolean prolong(long newUntil, long now) {
        boolean begun = until <= now;
        until = Math.max(until, newUntil);
        return begun;
    }

    long until() {
        return until;
    }
}
