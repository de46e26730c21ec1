package io.holdfast.lane;

import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs what may have ended the former process: each alone after a committed mark, slow ones when the lanes have started. */
@ApplicationScoped
class SuspectTurns {
    private static final Logger LOG = System.getLogger(SuspectTurns.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);

    @Inject
    private TurnWorkers workers;

    @Inject
    private Startup startup;

    /** Blocks until all of them have had their turn; {@code startLanes} lets all others run. */
    void run(List<AcceptedUpdate> suspects, Runnable startLanes) {
        Deque<TurnWorkers.Suspect> slow = new ArrayDeque<>();
        try {
            for (AcceptedUpdate row : suspects) {
                TurnWorkers.Suspect later = runNow(row);
                if (later != null) {
                    slow.add(later);
                }
            }
            startLanes.run();
            while (!slow.isEmpty()) {
                runSlow(slow.remove());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // Whatever came between: one that is out for ever would hold its chat for ever.
            slow.forEach(suspect -> suspect.queues().putBack(suspect.taken()));
        }
    }

    /** Again and again while the database is away: without its mark it must not run. */
    private TurnWorkers.@Nullable Suspect runNow(AcceptedUpdate row) throws InterruptedException {
        while (!startup.stopping()) {
            try {
                return workers.runSuspect(row);
            } catch (HoldfastException e) {
                LOG.log(Level.WARNING, "Suspect {0} of bot {1} waits: {2}", row.inboxId(), row.bot(), e.getMessage());
                Thread.sleep(PAUSE);
            } catch (RuntimeException e) {
                LOG.log(
                        Level.ERROR,
                        "A suspect met a failure that it should not have met, and runs as the others do",
                        e);
                return null;
            }
        }
        return null;
    }

    /** One that cannot be marked now runs as the others do. */
    private void runSlow(TurnWorkers.Suspect suspect) throws InterruptedException {
        try {
            workers.runMarked(suspect);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "A suspect of bot " + suspect.taken().bot() + " was not marked", e);
        }
    }
}
