package io.holdfast.simulator;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Ends what takes too long by looking at everything ten times a second, which is cheaper than a timer per request. */
final class Deadlines {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** One thing that must not take too long. */
    final class Watch {
        private final long dueNanos;
        private final Runnable onLate;

        private Watch(long dueNanos, Runnable onLate) {
            this.dueNanos = dueNanos;
            this.onLate = onLate;
        }

        void end() {
            watches.remove(this);
        }
    }

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final SimClock clock;

    Deadlines(SimClock clock) {
        this.clock = clock;
    }

    void start() {
        clock.after(LOOK_NANOS, this::look);
    }

    Watch watch(long timeoutNanos, Runnable onLate) {
        Watch watch = new Watch(System.nanoTime() + timeoutNanos, onLate);
        watches.add(watch);
        return watch;
    }

    private void look() {
        long now = System.nanoTime();
        for (Watch watch : watches) {
            if (now - watch.dueNanos >= 0) {
                watch.onLate.run();
            }
        }
        clock.after(LOOK_NANOS, this::look);
    }
}
