package io.holdfast.lane;

import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.StartStep;
import io.holdfast.node.Nodes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Starts the workers of this node after it has recovered its bots; at the stop gives the bots away while the last work ends. */
@ApplicationScoped
class Engine implements StartStep {
    private static final Logger LOG = System.getLogger(Engine.class.getName());
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
    private HandOver handOver;

    @Inject
    private Lanes lanes;

    @Inject
    private Nodes nodes;

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
        nodes.takeBots(true);
    }

    @Override
    public void stop() {
        if (working) {
            working = false;
            long begun = System.nanoTime();
            nodes.takeBots(false);
            due.stop();
            lanes.turns().close();
            lanes.sends().close();
            giveAllAway();
            turns.stop(PATIENCE_WITH_TURNS.minusNanos(System.nanoTime() - begun));
            sender.stop(PATIENCE.minusNanos(System.nanoTime() - begun));
            handOver.giveRest();
        }
    }

    private void giveAllAway() {
        try {
            handOver.giveAll(PATIENCE_WITH_TURNS);
        } catch (HoldfastException e) {
            LOG.log(Level.WARNING, "Bots wait for their next owner until the lease is over: {0}", e.getMessage());
        }
    }
}
