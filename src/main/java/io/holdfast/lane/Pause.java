package io.holdfast.lane;

import io.holdfast.kernel.BotId;
import java.time.Duration;

/**
 * Nothing is sent to a chat, or for a whole bot, because the channel said so.
 *
 * @param chat {@link #WHOLE_BOT}, or the chat's id
 * @param length from when it was told
 * @param begun false when it only prolongs one that is in force
 * @param told when, as {@link System#nanoTime()} tells it: the queues' own time begins with them
 */
record Pause(BotId bot, long chat, Duration length, boolean begun, long told) {
    /** No chat has this id. */
    static final long WHOLE_BOT = 0;

    /** Shorter ones live in memory alone, and are nobody's concern. */
    private static final Duration NOTABLE = Duration.ofSeconds(5);

    boolean notable() {
        return length.compareTo(NOTABLE) >= 0;
    }

    boolean ofWholeBot() {
        return chat == WHOLE_BOT;
    }

    /** When it is over, by this process's clock. */
    long until() {
        return told + length.toNanos();
    }
}
