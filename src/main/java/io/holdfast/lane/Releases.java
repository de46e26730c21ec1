package io.holdfast.lane;

import io.holdfast.database.EngineDatabase;
import io.holdfast.due.DueKind;
import io.holdfast.due.DueRows;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.BotRemoved;
import io.holdfast.kernel.BotStopped;
import io.holdfast.kernel.BotSuspended;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.node.Nodes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets bots go: forgets them, leaves a due row where work is open, and gives the lease to an heir or frees it. */
@ApplicationScoped
class Releases {

    @Inject
    private Lanes lanes;

    @Inject
    private TakeOver takeOver;

    @Inject
    private Nodes nodes;

    @Inject
    private EngineDatabase database;

    @Inject
    private LeaseStore leases;

    /** Its open work gets due rows: should the bot be started again, they bring its lane back. */
    void stopped(@Observes BotStopped event) {
        release(event.bot(), null);
    }

    /** Its open work gets due rows, which wait until it works again. */
    void suspended(@Observes BotSuspended event) {
        release(event.bot(), null);
    }

    /** What was taken back between its stop and its end is forgotten: a new bot of this id has another lease. */
    void removed(@Observes(during = TransactionPhase.AFTER_SUCCESS) BotRemoved event) {
        lanes.drop(event.bot());
    }

    /** Its open work gets due rows, by which the heir, or whoever sees them first, finds it. */
    void release(BotId bot, @Nullable String heir) {
        takeOver.whileNoneIsTaken(() -> {
            HeldBot lane = lanes.held(bot);
            if (lane != null) {
                release(bot, lane, lanes.drop(bot), heir);
            }
        });
    }

    /** The same of one that was dropped a moment ago; only while none is taken. */
    void release(BotId bot, HeldBot lane, Lanes.Open open, @Nullable String heir) {
        CrashPoint.hit("before-release");
        database.inTransaction(connection -> {
            // Where the first id of the backlog is no row, its due row brings the bot's lane back all the same.
            if (open.turn() != Backlog.NOTHING) {
                DueRows.put(connection, bot, DueKind.INBOX, List.of(open.turn()), Duration.ZERO);
            }
            if (open.send() != TimedRing.NEVER) {
                DueRows.put(connection, bot, DueKind.OUTBOX, List.of(open.send()), Duration.ZERO);
            }
            if (lane.polled) {
                DueRows.bringLane(connection, bot);
            }
            return true;
        });
        CrashPoint.hit("after-release-due");
        leases.release(bot, nodes.self(), lane.epoch, heir);
        CrashPoint.hit("after-release");
    }
}
