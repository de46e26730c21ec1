package io.holdfast.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/** An append-only log in chunks; when it is full the oldest chunk goes. Entries get the sequence numbers 1, 2, 3 … */
final class AppendLog<T> {

    private static final int CHUNK = 4096;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<List<T>> chunks = new ArrayDeque<>();
    private final int capacity;
    private long firstSeq = 1;
    private volatile long lastSeq;

    AppendLog(int capacity) {
        this.capacity = capacity;
    }

    /** The entry is made under the lock, so that its sequence number and its place agree. */
    T append(LongFunction<T> entryOfSeq) {
        lock.lock();
        try {
            List<T> last = chunks.peekLast();
            if (last == null || last.size() == CHUNK) {
                last = new ArrayList<>(CHUNK);
                chunks.addLast(last);
                dropOldest();
            }
            long seq = lastSeq + 1;
            T entry = entryOfSeq.apply(seq);
            last.add(entry);
            lastSeq = seq;
            return entry;
        } finally {
            lock.unlock();
        }
    }

    private void dropOldest() {
        while (chunks.size() > 1 && lastSeq - firstSeq + 1 > capacity) {
            firstSeq += chunks.removeFirst().size();
        }
    }

    long lastSeq() {
        return lastSeq;
    }

    /** Entries with a sequence number above {@code after}, oldest first, as they stand now. */
    List<T> after(long after) {
        lock.lock();
        try {
            List<T> found = new ArrayList<>((int) Math.max(0, lastSeq - Math.max(after, firstSeq - 1)));
            long seq = firstSeq;
            for (List<T> chunk : chunks) {
                if (seq + chunk.size() - 1 > after) {
                    int from = (int) Math.max(0, after + 1 - seq);
                    found.addAll(chunk.subList(from, chunk.size()));
                }
                seq += chunk.size();
            }
            return found;
        } finally {
            lock.unlock();
        }
    }
}
