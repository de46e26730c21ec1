package io.holdfast.lane;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The items of one key of one bot, whose first is out, held or waiting. Not thread-safe: {@link LaneQueues} alone uses it. */
final class LaneQueue<T> {

    /** An item by its id; an urgent one comes before those that are not. */
    record Item<T>(long id, T value, boolean urgent) {
        boolean before(Item<T> other) {
            return urgent == other.urgent ? id < other.id : urgent;
        }
    }

    final String key;
    final ArrayDeque<Item<T>> items = new ArrayDeque<>();
    boolean out;
    /** Its head is done together with another one that is counted. */
    boolean beside;

    boolean held;
    /** When the hold ends by itself; null where somebody has to release it. */
    @Nullable
    Long until;

    boolean ready;

    LaneQueue(String key) {
        this.key = key;
    }

    /** The head is running or held: what comes in goes behind it. */
    boolean taken() {
        return out || held;
    }

    boolean heads(long id) {
        return items.getFirst().id() == id;
    }
}
