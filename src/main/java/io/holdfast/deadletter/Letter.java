package io.holdfast.deadletter;

import io.holdfast.kernel.BotId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as its queue needs it.
 *
 * @param ref the parked row, or null where nothing could be stored as a row
 * @param payload the bytes or the first of them, where no row keeps them
 * @param payloadSize how many bytes there were, where no row keeps them
 */
public record Letter(
        BotId bot,
        long id,
        ParkedWork.Queue queue,
        @Nullable Long ref,
        Instant parkedAt,
        byte @Nullable [] payload,
        long payloadSize) {

    /** The parked row. */
    public long row() {
        if (ref == null) {
            throw new IllegalStateException("A dead letter of " + queue + " has no row");
        }
        return ref;
    }
}
