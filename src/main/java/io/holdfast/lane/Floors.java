package io.holdfast.lane;

import io.holdfast.kernel.BotId;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.Mishap;
import io.holdfast.node.Nodes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;

/**
 * Moves the floors of this node's bots up, so that a take-over reads only what is young.
 *
 * <p>A floor never passes an open row, nor an id that was given out so recently that its insert may not have committed: the
 * statement timeout of an insert is 7 s, and only ids that are 30 s old count. A bot that was silent since is not written.
 */
@ApplicationScoped
class Floors {
    private static final Logger LOG = System.getLogger(Floors.class.getName());
    private static final Duration HORIZON = Duration.ofSeconds(30);

    @Inject
    private Lanes lanes;

    @Inject
    private LeaseStore leases;

    @Inject
    private Nodes nodes;

    @Inject
    private TakeOver takeOver;

    private record Sample(long at, LeaseStore.Floors highest) {}

    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private final Map<BotId, LeaseStore.Floors> written = new HashMap<>();

    /** Moves what can be moved; a floor that could not be written stays where it was, which costs a take-over some reading. */
    void moveOrLeave() {
        Mishap.TIMER.perhaps();
        try {
            move();
        } catch (HoldfastException e) {
            LOG.log(Level.WARNING, "Floors stay where they are until the next round: {0}", e.getMessage());
        }
    }

    synchronized void move() {
        if (lanes.bots().isEmpty() || !lanes.current()) {
            return;
        }
        samples.add(new Sample(System.nanoTime(), leases.highestIds()));
        LeaseStore.Floors horizon = horizon();
        Map<BotId, LeaseStore.Floors> raised = new HashMap<>();
        // A lane that is being filled, or was dropped between two looks at it, seems to have no old work.
        takeOver.whileNoneIsTaken(() -> raised.putAll(higher(horizon)));
        if (!raised.isEmpty()) {
            CrashPoint.hit("before-floors");
            leases.raise(raised, nodes.self());
            CrashPoint.hit("after-floors");
            written.putAll(raised);
            written.keySet().retainAll(lanes.bots());
        }
    }

    /** None after a lapse: what memory says counts no more. */
    private Map<BotId, LeaseStore.Floors> higher(LeaseStore.Floors horizon) {
        Map<BotId, LeaseStore.Floors> higher = new HashMap<>();
        for (BotId bot : lanes.bots()) {
            LeaseStore.Floors floors = floors(bot, horizon);
            if (!floors.equals(written.get(bot)) && (floors.inbox() > 0 || floors.outbox() > 0)) {
                higher.put(bot, floors);
            }
        }
        return lanes.current() ? higher : Map.of();
    }

    private LeaseStore.Floors horizon() {
        long limit = System.nanoTime() - HORIZON.toNanos();
        LeaseStore.Floors horizon = new LeaseStore.Floors(0, 0);
        while (samples.size() > 1 && samples.peek() != null && samples.element().at() <= limit) {
            horizon = samples.remove().highest();
        }
        if (horizon.inbox() > 0) {
            samples.addFirst(new Sample(limit, horizon));
        }
        return horizon;
    }

    private LeaseStore.Floors floors(BotId bot, LeaseStore.Floors horizon) {
        HeldBot lane = lanes.held(bot);
        // Before what is in the queues: an update that goes there meanwhile is in one of them.
        long stored = lane == null ? Backlog.NOTHING : lane.lowestOutside();
        long inbox = Math.min(
                Math.min(horizon.inbox(), lanes.turns().highestSeen(bot)),
                Math.min(lanes.turns().lowestOpen(bot).orElse(Long.MAX_VALUE), stored) - 1);
        long outbox = Math.min(
                Math.min(horizon.outbox(), lanes.sends().highestSeen(bot)),
                lanes.sends().lowestOpen(bot).orElse(Long.MAX_VALUE) - 1);
        return new LeaseStore.Floors(Math.max(0, inbox), Math.max(0, outbox));
    }
}
