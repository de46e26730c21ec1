package io.holdfast.lane;

import java.util.PriorityQueue;
import java.util.function.Consumer;

/** The moments at which held items may go on by themselves. Not thread-safe. */
final class HoldEnds<T> {
    static final long NONE = Long.MAX_VALUE;

    private record End<T>(long at, LaneQueues<T> lane, long id) {}

    private final PriorityQueue<End<T>> ends =
            new PriorityQueue<>((one, other) -> Long.compare(one.at() - other.at(), 0));

    void add(long at, LaneQueues<T> lane, long id) {
        ends.add(new End<>(at, lane, id));
    }

    /** Ends the holds whose moment has come, tells of their lanes, and answers how long the next one lasts, or {@link #NONE}. */
    long endUntil(long now, Consumer<LaneQueues<T>> changed) {
        for (End<T> next = ends.peek(); next != null; next = ends.peek()) {
            if (next.at() - now > 0) {
                return next.at() - now;
            }
            ends.remove();
            next.lane().endHold(next.id(), next.at());
            changed.accept(next.lane());
        }
        return NONE;
    }
}
