package io.holdfast.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The lanes that have something to give, in turn; none has more than so many items out at once. Not thread-safe: {@link FairQueues}
 * holds its lock around every call.
 */
final class ReadyLanes<T> {
    private final int perBot;
    private final ArrayDeque<LaneQueues<T>> ring = new ArrayDeque<>();

    ReadyLanes(int perBot) {
        this.perBot = perBot;
    }

    boolean isEmpty() {
        return ring.isEmpty();
    }

    /** Puts the lane at the end where it has something to give, and takes it out where not; true when it was not there before. */
    boolean enter(LaneQueues<T> lane) {
        boolean gives = lane.running < perBot && lane.hasReady();
        boolean comes = gives && !lane.inRing;
        if (comes) {
            ring.add(lane);
        } else if (!gives && lane.inRing) {
            ring.remove(lane);
        }
        lane.inRing = gives;
        return comes;
    }

    boolean remove(LaneQueues<T> lane) {
        return ring.remove(lane);
    }

    /** The next item of the lane whose turn it is. */
    FairQueues.Taken<T> next() {
        LaneQueues<T> lane = leave();
        FairQueues.Taken<T> taken = lane.takeNext();
        enter(lane);
        return taken;
    }

    /**
     * The next item and, where it is one of those, more of them until there are so many, lanes in turn; a lane whose next item is
     * another keeps its place.
     */
    List<FairQueues.Taken<T>> next(Predicate<T> which, int most) {
        List<FairQueues.Taken<T>> together = new ArrayList<>();
        together.add(next());
        if (!which.test(together.getFirst().item())) {
            return together;
        }
        List<LaneQueues<T>> passed = new ArrayList<>();
        while (together.size() < most && !ring.isEmpty()) {
            LaneQueues<T> lane = leave();
            FairQueues.Taken<T> taken = lane.takeBeside(which);
            if (taken == null) {
                passed.add(lane);
            } else {
                together.add(taken);
                enter(lane);
            }
        }
        for (LaneQueues<T> lane : passed.reversed()) {
            lane.inRing = true;
            ring.addFirst(lane);
        }
        return together;
    }

    private LaneQueues<T> leave() {
        LaneQueues<T> lane = ring.remove();
        lane.inRing = false;
        return lane;
    }
}
