package io.holdfast.lane;

import java.time.Duration;
import java.util.ArrayDeque;

/** Says when something has happened too often in too short a time. Thread-safe. */
final class RestartLimit {
    private final int most;
    private final long withinNanos;
    private final ArrayDeque<Long> latest = new ArrayDeque<>();

    RestartLimit(int most, Duration within) {
        this.most = most;
        this.withinNanos = within.toNanos();
    }

    /** Counts one more; true when it is the last that can be borne. */
    synchronized boolean reachedAt(long nanoTime) {
        latest.add(nanoTime);
        while (nanoTime - latest.element() > withinNanos) {
            latest.remove();
        }
        return latest.size() >= most;
    }
}
