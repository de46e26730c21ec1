package io.holdfast.deadletter;

import io.holdfast.kernel.BotId;
import org.jspecify.annotations.Nullable;

/**
 * Somebody should look at dead letters: fired synchronously after the commit that noted it, on one node.
 *
 * <p>Each reason is told once. A crash between commit and event leaves only the row in the event log.
 *
 * @param letter the dead letter; null for a burst
 * @param detail for people; no text of a message
 */
public record DeadLetterAlert(
        Kind kind, BotId bot, @Nullable Long letter, String detail) {

    /** Why somebody should look. */
    public enum Kind {
        /** A dead letter of priority P1 was parked. */
        NEW_P1,
        /** Half of the time to mend it is over. */
        HALF_TIME,
        /** More than 20 dead letters of one bot came within ten minutes; told again while it goes on. */
        BURST
    }
}
