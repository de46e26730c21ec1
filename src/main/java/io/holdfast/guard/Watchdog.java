package io.holdfast.guard;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
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
    private ManagedThreadFactory threads;

    /** One watched stretch of one thread's work. */
    final class Watch implements Comparable<Watch> {
        private final Thread thread;
        private final long until;
        private boolean barked;

        private Watch(Thread thread, long until) {
            this.thread = thread;
            this.until = until;
        }

        /** Ends the watch; no interrupt comes after it. Answers whether one came, and takes it back. */
        boolean end() {
            lock.lock();
            try {
                watches.remove(this);
                if (barked) {
                    Thread.interrupted();
                }
                return barked;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public int compareTo(Watch other) {
            return Long.compare(until - other.until, 0);
        }
    }

    Watch watch(Thread thread, Duration limit) {
        Watch watch = new Watch(thread, System.nanoTime() + limit.toNanos());
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
                watches.remove(next);
                next.barked = true;
                next.thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
