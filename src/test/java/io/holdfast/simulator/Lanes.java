package io.holdfast.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The loaded updates of one webhook, a lane per chat or user; guarded by the queue's lock. */
final class Lanes {

    /** At most one update of a lane is in flight: the first. */
    static final class Lane {
        private final ArrayDeque<Numbered> updates = new ArrayDeque<>();

        PendingUpdate head() {
            return updates.element().update();
        }
    }

    private record Numbered(long order, PendingUpdate update) {}

    private final Map<PendingUpdate.LaneKey, Lane> lanes = new HashMap<>();
    private final ArrayDeque<Lane> ready = new ArrayDeque<>();
    private long loads;
    private int loaded;

    int loaded() {
        return loaded;
    }

    boolean hasReady() {
        return !ready.isEmpty();
    }

    int readyCount() {
        return ready.size();
    }

    void load(PendingUpdate update) {
        Lane lane = lanes.computeIfAbsent(update.lane(), key -> new Lane());
        lane.updates.add(new Numbered(loads++, update));
        loaded++;
        if (lane.updates.size() == 1) {
            ready.add(lane);
        }
    }

    @Nullable
    Lane takeReady() {
        return ready.poll();
    }

    void finish(Lane lane) {
        PendingUpdate update = lane.updates.remove().update();
        loaded--;
        if (lane.updates.isEmpty()) {
            lanes.remove(update.lane());
        } else {
            ready.add(lane);
        }
    }

    void retry(Lane lane) {
        ready.add(lane);
    }

    boolean holds(Lane lane) {
        return !lane.updates.isEmpty() && lanes.get(lane.head().lane()) == lane;
    }

    /** Gives all updates back in the order in which they were loaded. */
    List<PendingUpdate> unload() {
        List<Numbered> all = new ArrayList<>();
        lanes.values().forEach(lane -> all.addAll(lane.updates));
        lanes.clear();
        ready.clear();
        loaded = 0;
        return all.stream()
                .sorted(Comparator.comparingLong(Numbered::order))
                .map(Numbered::update)
                .toList();
    }
}
