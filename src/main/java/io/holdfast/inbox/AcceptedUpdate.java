package io.holdfast.inbox;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.ErrorCategory;
import java.time.Instant;

/**
 * A stored update whose turn has not ended.
 *
 * @param attempts turns that failed so far
 * @param marks starts of this row that ended with the process
 * @param due true when a due row refers to it, which its completion removes
 * @param waits true when its time was still to come as it was read: its chat waits for it
 */
public record AcceptedUpdate(
        long inboxId, InboundUpdate update, Instant acceptedAt, int attempts, int marks, boolean due, boolean waits) {

    public BotId bot() {
        return update.bot();
    }

    /** The same row where a due row may refer to it, since the answer to a commit was lost. */
    public AcceptedUpdate perhapsDue() {
        return new AcceptedUpdate(inboxId, update, acceptedAt, attempts, marks, true, false);
    }

    /** The same row after one more failed turn, which a due row brings back. */
    public AcceptedUpdate failed(ErrorCategory category) {
        int failures = attempts + (category.freeOfCharge() ? 0 : 1);
        return new AcceptedUpdate(inboxId, update, acceptedAt, failures, marks, true, true);
    }
}
