package io.holdfast.lane;

import io.holdfast.kernel.StartStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Starts the workers of this node after it has recovered its bots, and stops them before it lets the bots go. */
@ApplicationScoped
class Engine implements StartStep {
    /** A handler's limit and a second. */
    private static final Duration PATIENCE_WITH_TURNS = Duration.ofSeconds(11);
    /** For all: a supervisor that waits 25 s must not have to kill. */
    private static final Duration PATIENCE = Duration.ofSeconds(22);

    @Inject
    private TurnWorkers turns;

    @Inject
    private Sender sender;

    @Inject
    private TakeOver takeOver;

    @Inject
    private DueWorker due;

    @Inject
    private Releases releases;

    @Inject
    private LaneMetrics metrics;

    private boolean working;

    @Override
    public Phase phase() {
        return Phase.BOTS;
    }

    @Override
    public void start() {
        takeOver.recover();
        sender.start();
        turns.start();
        due.start();
        metrics.register();
        working = true;
    }

    @Override
    public void stop() {
        if (working) {
            working = false;
            long begun = System.nanoTime();
            due.stop();
            turns.stop(PATIENCE_WITH_TURNS);
            sender.stop(PATIENCE.minusNanos(System.nanoTime() - begun));
            releases.releaseAll();
        }
    }
}
