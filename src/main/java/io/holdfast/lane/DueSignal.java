package io.holdfast.lane;

import io.holdfast.database.EngineDatabase;
import io.holdfast.due.DueRows;
import io.holdfast.fleet.Bots;
import io.holdfast.fleet.Intake;
import io.holdfast.kernel.BotStarted;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.Mishap;
import io.holdfast.node.Nudged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the reader of due work before its next second; many calls while it works are one. */
@ApplicationScoped
class DueSignal {
    private static final Logger LOG = System.getLogger(DueSignal.class.getName());

    @Inject
    private Bots bots;

    @Inject
    private EngineDatabase database;

    private final Semaphore wanted = new Semaphore(0);

    void wake() {
        Mishap.TIMER.perhaps();
        wanted.release();
    }

    /** Another node wrote something for this one. */
    void nudged(@Observes Nudged event) {
        wanted.release();
    }

    /** What makes a bot work leaves a due row that brings its lane; one that is polled has to live somewhere though nothing comes. */
    void started(@Observes BotStarted event) {
        try {
            if (bots.find(event.bot())
                    .filter(bot -> bot.intake() == Intake.POLLING)
                    .isPresent()) {
                database.run(connection -> {
                    DueRows.bringLane(connection, event.bot());
                    return true;
                });
            }
        } catch (HoldfastException e) {
            LOG.log(
                    Level.WARNING,
                    "Bot {0} is polled as soon as the rescue finds it: {1}",
                    event.bot(),
                    e.getMessage());
        }
        wanted.release();
    }

    /** Until somebody wakes it, and no longer than so. */
    void await(Duration atMost) throws InterruptedException {
        if (wanted.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
            wanted.drainPermits();
        }
    }
}
