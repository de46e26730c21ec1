package io.holdfast.deadletter;

import io.holdfast.kernel.IllegalTransitionException;

/**
 * Where a dead letter stands.
 *
 * <pre>
 *   OPEN -> REPLAYED | DISCARDED
 *    ^         |           |
 *    +---------+-----------+   (the same work was parked again)
 * </pre>
 */
public enum DeadLetterState {
    /** Somebody has to look at it. */
    OPEN,
    /** Its work went back to the queue, once. */
    REPLAYED,
    /** Somebody gave it up, with a reason. */
    DISCARDED;

    public boolean canBecome(DeadLetterState next) {
        return (this == OPEN) != (next == OPEN);
    }

    public DeadLetterState become(DeadLetterState next) {
        if (!canBecome(next)) {
            throw new IllegalTransitionException(this, next);
        }
        return next;
    }
}
