package io.holdfast.outbox;

import io.holdfast.due.DueKind;
import io.holdfast.due.Expiry;
import io.holdfast.event.Retention;
import io.holdfast.event.Sweeps;
import io.holdfast.node.Nodes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Expires messages that wait past their deadline, and removes what was kept long enough.
 *
 * <p>Each node those of its own bots, and one node those of bots that no lane runs. A mark (T3) compares the state, so one that is still in memory is not sent.
 */
@ApplicationScoped
class OutboxSweep {
    /** What may have arrived stays UNCERTAIN, without its second call. */
    private static final Expiry.Queue WAITING = new Expiry.Queue(
            DueKind.OUTBOX,
            "outbox_message",
            "outbox_id",
            "outbox_floor",
            "deadline_at",
            "r.state in ('PENDING', 'RETRY', 'UNCERTAIN') and r.finished_at is null",
            "case r.state when 'UNCERTAIN' then 'UNCERTAIN' else 'EXPIRED' end");

    private static final Retention.Table FINISHED =
            new Retention.Table("outbox_message", "outbox_id", "created_at", "finished_at", """
            exists (select 1 from dead_letter d where d.bot_id = r.bot_id and d.queue = 'OUTBOX' and d.ref = r.outbox_id)
            """);

    @Inject
    private Sweeps sweeps;

    @Inject
    private Expiry expiry;

    @Inject
    private Retention retention;

    @Inject
    private OutboxConfig config;

    @Inject
    private Nodes nodes;

    void expire() {
        sweeps.run("expire-outbox", tally -> expiry.expire(WAITING, nodes.self(), OutboxSweep::park, tally));
        sweeps.runOnOneNode("expire-outbox-unheld", tally -> expiry.expire(WAITING, null, OutboxSweep::park, tally));
    }

    private static void park(Connection connection, List<Expiry.Row> rows, String reason) throws SQLException {
        SentLetters.parkExpired(
                connection,
                rows.stream()
                        .filter(row -> OutboxState.EXPIRED.name().equals(row.closedAs()))
                        .map(row -> new OutboxMarks.Key(row.bot(), row.id()))
                        .toList(),
                reason);
    }

    void prune() {
        sweeps.runOnOneNode("prune-outbox", tally -> retention.prune(FINISHED, config.retention, tally));
    }
}
