package io.holdfast.inbox;

import io.holdfast.kernel.IllegalTransitionException;

/**
 * Where an update stands.
 *
 * <pre>
 *   PENDING -> DONE | REFUSED | IGNORED | EXPIRED | CANCELLED | PARKED
 *      |         ^
 *      v         |
 *    RETRY ------+  (and RETRY -> RETRY)
 *   PARKED -> PENDING (replay)
 * </pre>
 */
public enum InboxState {
    /** Stored, its turn has not ended. */
    PENDING,
    /** Its effects are committed. */
    DONE,
    /** Its turn failed; a due row says when the next one is. */
    RETRY,
    /** It failed too often: a dead letter explains it. */
    PARKED,
    /** Nobody could answer it any more when its turn came. */
    EXPIRED,
    /** Withdrawn before its turn. */
    CANCELLED,
    /** The guard said no; the user was told. */
    REFUSED,
    /** It asked nothing of us. */
    IGNORED;

    public boolean isTerminal() {
        return this != PENDING && this != RETRY;
    }

    public boolean canBecome(InboxState next) {
        return switch (this) {
            case PENDING -> next != PENDING;
            case RETRY -> next != PENDING;
            case PARKED -> next == PENDING;
            case DONE, EXPIRED, CANCELLED, REFUSED, IGNORED -> false;
        };
    }

    public InboxState become(InboxState next) {
        if (!canBecome(next)) {
            throw new IllegalTransitionException(this, next);
        }
        return next;
    }
}
