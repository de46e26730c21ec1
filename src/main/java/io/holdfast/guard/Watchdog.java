package io.holdfast.guard;

import io.holdfast.kernel.BotId;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Interrupts threads whose watch has run out; one thread watches all. */
@ApplicationScoped
class Watchdog {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition earlier = lock.newCondition();
    private final PriorityQueue<Watch> watches = new PriorityQueue<>();
    private @Nullable Thread guard;

    @Resource
    ManagedThreadFactory threads;

    /** Where a command runs that may be stopped. */
    record Place(BotId bot, long chat) {}

    /** How a watch ended. */
    enum End {
        /** The work was done before. */
        IN_TIME,
        /** The time had run out. */
        TOO_LATE,
        /** Somebody wanted it to end, in time or not. */
        STOPPED
    }

    /** One watched stretch of one thread's work. */
    final class Watch implements Comparable<Watch> {
        private final Thread thread;
        private final String command;
        private final @Nullable Place place;
        private final long until;
        private End end = End.IN_TIME;

        private Watch(Thread thread, String command, @Nullable Place place, long until) {
            this.thread = thread;
            this.command = command;
            this.place = place;
            this.until = until;
        }

        /** Ends the watch; no interrupt comes after it. Answers whether one came, and takes it back. */
        End end() {
            lock.lock();
            try {
                watches.remove(this);
                if (end != End.IN_TIME) {
                    Thread.interrupted();
                }
                return end;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public int compareTo(Watch other) {
            return Long.compare(until - other.until, 0);
        }
    }

    /** Interrupts what runs in this place and may be stopped; answers the commands' names. Their time still runs. */
    List<String> stop(Place place) {
        lock.lock();
        try {
            List<Watch> found =
                    watches.stream().filter(watch -> place.equals(watch.place)).toList();
            found.forEach(watch -> {
                watch.end = End.STOPPED;
                watch.thread.interrupt();
            });
            return found.stream().map(watch -> watch.command).toList();
        } finally {
            lock.unlock();
        }
    }

    private void timeIsUp(Watch watch) {
        watches.remove(watch);
        // What somebody wanted to end is not tried again, however late it ends.
        if (watch.end == End.IN_TIME) {
            watch.end = End.TOO_LATE;
        }
        watch.thread.interrupt();
    }

    /** Watches the thread; {@code place} is null where nobody may stop it. */
    Watch watch(Thread thread, String command, @Nullable Place place, Duration limit) {
        Watch watch = new Watch(thread, command, place, System.nanoTime() + limit.toNanos());
        lock.lock();
        try {
            watches.add(watch);
            if (guard == null) {
                guard = threads.newThread(this::bark);
                guard.setName("holdfast-watchdog");
                guard.setDaemon(true);
                guard.start();
            }
            if (watches.peek() == watch) {
                earlier.signal();
            }
        } finally {
            lock.unlock();
        }
        return watch;
    }

    private void bark() {
        lock.lock();
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Watch next = watches.peek();
                if (next == null) {
                    earlier.await();
                    continue;
                }
                long left = next.until - System.nanoTime();
                if (left > 0) {
                    earlier.awaitNanos(left);
                    continue;
                }
                timeIsUp(next);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
