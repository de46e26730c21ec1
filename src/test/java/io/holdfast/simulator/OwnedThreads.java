package io.holdfast.simulator;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The virtual threads of one simulator: none outlives {@link #stop}. */
final class OwnedThreads {

    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    void start(String name, Runnable work) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                work.run();
            } finally {
                running.remove(Thread.currentThread());
            }
        });
        running.add(thread);
        if (stopped) {
            running.remove(thread);
            return;
        }
        thread.start();
        if (stopped) {
            thread.interrupt();
        }
    }

    boolean isStopped() {
        return stopped;
    }

    int count() {
        return running.size();
    }

    /** Interrupts all threads and waits until they have ended, five seconds at most. */
    void stop() {
        stopped = true;
        running.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        for (Thread thread : running) {
            if (!thread.equals(Thread.currentThread()) && thread.getState() != Thread.State.NEW) {
                await(thread, deadline);
            }
        }
    }

    private static void await(Thread thread, long deadline) {
        try {
            if (!thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
