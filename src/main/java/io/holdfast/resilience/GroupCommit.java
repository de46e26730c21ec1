package io.holdfast.resilience;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Makes one commit out of all that waits: what is submitted while one flush is in flight goes into the next.
 *
 * <p>A lone item is flushed at once. After a flush of {@value #COMPANY} or more the next one gathers for a moment, since what comes
 * in such numbers would else pay for a commit every few items; so only those wait that have company. Items are flushed in the
 * order of their submission, by one thread of its own, so that a caller may block on its future without starving the flusher.
 * When a flush fails for the sake of a row ({@code splits}), it is cut in halves until the row is alone and only that one fails;
 * any other failure fails the whole flush.
 *
 * @param <T> what is submitted
 * @param <R> what the flush answers for each item
 */
public final class GroupCommit<T, R> implements AutoCloseable {

    /** Commits a batch and answers each item, in the same order. */
    @FunctionalInterface
    public interface Flush<T, R> {
        List<R> flush(List<T> batch);
    }

    /**
     * Where waiting ends and refusing begins.
     *
     * @param batch most items of one flush
     * @param waiting most items that may wait
     * @param age once the oldest waiting item is older than this, no more are taken
     * @param gather how long an item waits for others where the last flush had company
     */
    public record Limits(int batch, int waiting, Duration age, Duration gather) {}

    /** A flush of so many is one of several that come together. */
    static final int COMPANY = 4;

    /** Too much waits already; nothing was done with the item. */
    public static final class OverloadedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OverloadedException(String name) {
            super("Too much waits for " + name + ".");
        }
    }

    private record Waiting<T, R>(T item, CompletableFuture<R> answer, long since) {}

    private final String name;
    private final Limits limits;
    private final Flush<T, R> flush;
    private final Predicate<RuntimeException> splits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Waiting<T, R>> queue = new ArrayDeque<>();
    private final Thread flusher;
    private boolean closed;
    private boolean company;

    public GroupCommit(
            String name, ThreadFactory threads, Limits limits, Flush<T, R> flush, Predicate<RuntimeException> splits) {
        this.name = name;
        this.limits = limits;
        this.flush = flush;
        this.splits = splits;
        this.flusher = threads.newThread(this::flushUntilClosed);
        flusher.setName("holdfast-" + name);
        flusher.start();
    }

    /** Adds the item to the next flush; the future fails with {@link OverloadedException} when it was not taken. */
    public CompletableFuture<R> submit(T item) {
        CompletableFuture<R> answer = new CompletableFuture<>();
        lock.lock();
        try {
            if (closed || full()) {
                answer.completeExceptionally(new OverloadedException(name));
                return answer;
            }
            queue.add(new Waiting<>(item, answer, System.nanoTime()));
            if (queue.size() == 1 || queue.size() == limits.batch()) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
        return answer;
    }

    /** How many items wait for the next flush. */
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Flushes what waits, then ends the thread. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            flusher.join(Duration.ofSeconds(15));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean full() {
        Waiting<T, R> oldest = queue.peek();
        return queue.size() >= limits.waiting()
                || (oldest != null
                        && System.nanoTime() - oldest.since() > limits.age().toNanos());
    }

    private void flushUntilClosed() {
        for (List<Waiting<T, R>> batch = next(); !batch.isEmpty(); batch = next()) {
            flush(batch);
        }
    }

    private List<Waiting<T, R>> next() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closed) {
                changed.awaitUninterruptibly();
            }
            if (company) {
                gather();
            }
            List<Waiting<T, R>> batch = new ArrayList<>(Math.min(queue.size(), limits.batch()));
            while (batch.size() < limits.batch() && !queue.isEmpty()) {
                batch.add(queue.poll());
            }
            company = batch.size() >= COMPANY;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the oldest item has waited for its moment, or until a flush is full. */
    private void gather() {
        Waiting<T, R> oldest = queue.peek();
        while (oldest != null && queue.size() < limits.batch() && !closed) {
            long left = limits.gather().toNanos() - (System.nanoTime() - oldest.since());
            if (left <= 0) {
                return;
            }
            try {
                changed.awaitNanos(left);
            } catch (InterruptedException e) {
                // Only closing ends the flusher; a flush that gathers less is one that is early.
                return;
            }
        }
    }

    private void flush(List<Waiting<T, R>> batch) {
        try {
            List<R> answers = flush.flush(batch.stream().map(Waiting::item).toList());
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).answer().complete(answers.get(i));
            }
        } catch (Error e) {
            // The flusher is needed by all: one batch's error must not end it, and nobody may wait for ever.
            batch.forEach(waiting -> waiting.answer().completeExceptionally(e));
        } catch (RuntimeException e) {
            if (batch.size() > 1 && splits.test(e)) {
                flush(batch.subList(0, batch.size() / 2));
                flush(batch.subList(batch.size() / 2, batch.size()));
            } else {
                batch.forEach(waiting -> waiting.answer().completeExceptionally(e));
            }
        }
    }
}
