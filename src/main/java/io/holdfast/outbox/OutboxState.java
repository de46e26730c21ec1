package io.holdfast.outbox;

import io.holdfast.kernel.IllegalTransitionException;

/**
 * Where a message stands.
 *
 * <pre>
 *   PENDING -> SENDING -> SENT | SUPPRESSED | PARKED
 *      |        |    ^
 *      |        v    |
 *      |      RETRY -+---- UNCERTAIN (one resend where the class allows it)
 *      v
 *   CANCELLED (from PENDING, RETRY and UNCERTAIN)   EXPIRED | SUPPRESSED (from PENDING and RETRY too)
 *   PARKED | EXPIRED -> PENDING (replay)            UNCERTAIN -> SENT | PENDING (an operator's word)
 * </pre>
 */
public enum OutboxState {
    /** Written with its turn. */
    PENDING,
    /** Its call starts now; after a crash nobody knows whether it arrived. */
    SENDING,
    /** The channel took it. */
    SENT,
    /** It surely did not arrive; a due row says when it is tried again. */
    RETRY,
    /** It may have arrived. */
    UNCERTAIN,
    /** The recipient cannot be reached. */
    SUPPRESSED,
    /** It will not be taken as it is: a dead letter explains it. */
    PARKED,
    /** Withdrawn before it was sent. */
    CANCELLED,
    /** Its deadline came first. */
    EXPIRED;

    public boolean isTerminal() {
        return this == SENT || this == SUPPRESSED || this == PARKED || this == CANCELLED || this == EXPIRED;
    }

    public boolean canBecome(OutboxState next) {
        return switch (this) {
            case PENDING -> next == SENDING || next == CANCELLED || next == EXPIRED || next == SUPPRESSED;
            case SENDING -> next != PENDING && next != SENDING && next != CANCELLED;
            case RETRY ->
                next == SENDING || next == CANCELLED || next == EXPIRED || next == SUPPRESSED || next == PARKED;
            case UNCERTAIN -> next == SENDING || next == CANCELLED || next == PARKED || next == SENT || next == PENDING;
            case PARKED, EXPIRED -> next == PENDING;
            case SENT, SUPPRESSED, CANCELLED -> false;
        };
    }

    public OutboxState become(OutboxState next) {
        if (!canBecome(next)) {
            throw new IllegalTransitionException(this, next);
        }
        return next;
    }
}
