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
import java.util.OptionalLong;

/** Lets bots go: forgets them, leaves a due row where work is open, and frees the lease. */
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
        release(event.bot());
    }

    /** Its open work gets due rows, which wait until it works again. */
    void suspended(@Observes BotSuspended event) {
        release(event.bot());
    }

    /** Lets all bots go. A bot with unfinished work gets a due row, by which another node finds it. */
    void releaseAll() {
        lanes.bots().forEach(this::release);
    }

    /** What was taken back between its stop and its end is forgotten: a new bot of this id has another lease. */
    void removed(@Observes(during = TransactionPhase.AFTER_SUCCESS) BotRemoved event) {
        lanes.drop(event.bot());
    }

    private void release(BotId bot) {
        takeOver.whileNoneIsTaken(() -> releaseNow(bot));
    }

    private void releaseNow(BotId bot) {
        HeldBot lane = lanes.held(bot);
        if (lane != null) {
            // Where the first id of the backlog is no row, its due row brings the bot's lane back all the same.
            long openTurn =
                    Math.min(lane.backlog.from(), lanes.turns().lowestOpen(bot).orElse(Backlog.NOTHING));
            OptionalLong openSend = lanes.sends().lowestOpen(bot);
            lanes.drop(bot);
            CrashPoint.hit("before-release");
            database.inTransaction(connection -> {
                if (openTurn != Backlog.NOTHING) {
                    DueRows.put(connection, bot, DueKind.INBOX, List.of(openTurn), Duration.ZERO);
                }
                if (openSend.isPresent()) {
                    DueRows.put(connection, bot, DueKind.OUTBOX, List.of(openSend.getAsLong()), Duration.ZERO);
                }
                return true;
            });
            CrashPoint.hit("after-release-due");
            leases.release(bot, nodes.self(), lane.epoch);
            CrashPoint.hit("after-release");
        }
    }
}
