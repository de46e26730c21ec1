package io.holdfast.fleet;

import io.holdfast.kernel.IllegalTransitionException;
import java.util.Set;

/**
 * Where a bot stands.
 *
 * <pre>
 *   REGISTERED -> VALIDATING -> STARTING -> RUNNING -> STOPPING -> STOPPED -> STARTING
 *                     |  |         |  |        |
 *                     |  +-> FAILED <-+        |         FAILED -> VALIDATING
 *                     +--> SUSPENDED <---------+         SUSPENDED -> VALIDATING
 *   any but STOPPING -> STOPPING on delete
 * </pre>
 */
public enum BotState {
    /** Stored, never tried. */
    REGISTERED,
    /** Its token is being checked. */
    VALIDATING,
    /** Its updates are being directed here. */
    STARTING,
    /** Takes updates and answers. */
    RUNNING,
    /** Finishes what it has, takes nothing new. */
    STOPPING,
    /** Stopped by an operator. */
    STOPPED,
    /** Stopped by the platform: token, quota, tenant or by hand. */
    SUSPENDED,
    /** Could not be started. */
    FAILED;

    public boolean canBecome(BotState next) {
        if (next == STOPPING) {
            return this != STOPPING;
        }
        return switch (this) {
            case REGISTERED, FAILED, SUSPENDED -> next == VALIDATING;
            case VALIDATING -> Set.of(STARTING, SUSPENDED, FAILED).contains(next);
            case STARTING -> Set.of(RUNNING, SUSPENDED, FAILED).contains(next);
            case RUNNING -> next == SUSPENDED;
            case STOPPING -> next == STOPPED;
            case STOPPED -> next == STARTING;
        };
    }

    public BotState become(BotState next) {
        if (!canBecome(next)) {
            throw new IllegalTransitionException(this, next);
        }
        return next;
    }
}
