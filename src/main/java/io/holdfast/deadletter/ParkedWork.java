package io.holdfast.deadletter;

import io.holdfast.kernel.BotId;
import org.jspecify.annotations.Nullable;

/**
 * Work that a person can still mend.
 *
 * @param ref the row of the queue that was parked, or null where nothing could be stored as a row
 * @param detail what helps whoever looks at it; never a secret
 * @param payload the bytes, where no row keeps them
 */
public record ParkedWork(
        BotId bot,
        Queue queue,
        @Nullable Long ref,
        Priority priority,
        Owner owner,
        String reason,
        @Nullable String detail,
        byte @Nullable [] payload,
        @Nullable Long payloadSize) {

    /** Where the work came from. */
    public enum Queue {
        /** A body that could not be stored as an update. */
        INGRESS,
        INBOX,
        OUTBOX
    }

    /** How soon somebody must look: P1 within 30 minutes, P2 within a business day, P3 within five days. */
    public enum Priority {
        P1,
        P2,
        P3
    }

    /** Who mends it. */
    public enum Owner {
        PLATFORM,
        TENANT
    }
}
