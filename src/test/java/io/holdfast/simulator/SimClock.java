package io.holdfast.simulator;

import java.time.Duration;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.TimeUnit;

/** Telegram's time, which may run faster than ours, and the one thread that does things later. */
final class SimClock {

    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);

    private final double scale;
    private final DelayQueue<Later> later = new DelayQueue<>();

    SimClock(double scale) {
        this.scale = scale;
    }

    void start(OwnedThreads threads) {
        threads.start("simulator-timer", () -> {
            try {
                while (!threads.isStopped()) {
                    later.take().work.run();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    long nanos() {
        return System.nanoTime();
    }

    int epochSeconds() {
        return (int) (System.currentTimeMillis() / 1000);
    }

    /** How long so many of Telegram's seconds last here. */
    long nanosFor(double telegramSeconds) {
        return (long) (telegramSeconds * 1e9 / scale);
    }

    /** As {@link #nanosFor}, but never so short that a healthy answer on a busy machine would miss it. */
    long timeoutNanosFor(double telegramSeconds) {
        return Math.max(SHORTEST_TIMEOUT.toNanos(), nanosFor(telegramSeconds));
    }

    /** The work must be short: all of it runs on one thread. */
    void after(long delayNanos, Runnable work) {
        later.add(new Later(System.nanoTime() + delayNanos, work));
    }

    private static final class Later implements Delayed {
        private final long dueNanos;
        private final Runnable work;

        Later(long dueNanos, Runnable work) {
            this.dueNanos = dueNanos;
            this.work = work;
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(dueNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
        }
    }
}
