package io.holdfast.inbox;

import io.holdfast.due.DueKind;
import io.holdfast.due.Expiry;
import io.holdfast.event.Retention;
import io.holdfast.event.Sweeps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Expires updates of bots that no lane runs, and removes what was kept long enough.
 *
 * <p>A lane expires its own updates when their turn comes: a slow command may be at work on one that is past its deadline.
 */
@ApplicationScoped
class InboxSweep {
    private static final Expiry.Queue OPEN = new Expiry.Queue(
            DueKind.INBOX,
            "inbox_update",
            "inbox_id",
            "inbox_floor",
            "expires_at",
            "r.state in ('PENDING', 'RETRY')",
            "'EXPIRED'");

    /** A row is known as long as its update may be delivered again, and as long as a dead letter refers to it. */
    private static final Retention.Table FINISHED =
            new Retention.Table("inbox_update", "inbox_id", "accepted_at", "finished_at", """
            exists (select 1 from dead_letter d where d.bot_id = r.bot_id and d.queue = 'INBOX' and d.ref = r.inbox_id)
            """);

    @Inject
    private Sweeps sweeps;

    @Inject
    private Expiry expiry;

    @Inject
    private Retention retention;

    @Inject
    private InboxConfig config;

    void expire() {
        sweeps.runOnOneNode(
                "expire-inbox", tally -> expiry.expire(OPEN, null, (connection, rows, reason) -> {}, tally));
    }

    void prune() {
        sweeps.runOnOneNode("prune-inbox", tally -> retention.prune(FINISHED, config.retention, tally));
    }
}
