package io.holdfast.lane;

import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What may be taken now, in turn, and what may be taken from a known time on; each change costs at most O(log n).
 *
 * <p>Items are told apart by identity; T must not override equals. Not thread-safe.
 */
final class TimedRing<T> {
    /** A time that never comes. */
    static final long NEVER = Long.MAX_VALUE;
    /** A time that has always passed. */
    static final long NOW = 0;

    private record Sleeper<T>(long at, long order, T item) implements Comparable<Sleeper<T>> {
        @Override
        public int compareTo(Sleeper<T> other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final LinkedHashSet<T> ready = new LinkedHashSet<>();
    private final TreeSet<Sleeper<T>> sleeping = new TreeSet<>();
    private final IdentityHashMap<T, Sleeper<T>> sleepers = new IdentityHashMap<>();
    private long order;

    /** Puts the item where its time says; one that is ready already keeps its turn. */
    void put(T item, long at, long now) {
        Sleeper<T> sleeper = sleepers.remove(item);
        if (sleeper != null) {
            sleeping.remove(sleeper);
        }
        if (at <= now) {
            ready.add(item);
            return;
        }
        ready.remove(item);
        if (at < NEVER) {
            Sleeper<T> later = new Sleeper<>(at, order++, item);
            sleepers.put(item, later);
            sleeping.add(later);
        }
    }

    void remove(T item) {
        put(item, NEVER, NOW);
    }

    /** Takes the next one out, or answers null when none may be taken yet. */
    @Nullable
    T poll(long now) {
        while (!sleeping.isEmpty() && sleeping.first().at() <= now) {
            T woken = sleeping.removeFirst().item();
            sleepers.remove(woken);
            ready.add(woken);
        }
        Iterator<T> next = ready.iterator();
        if (!next.hasNext()) {
            return null;
        }
        T item = next.next();
        next.remove();
        return item;
    }

    /** When {@link #poll} gives something: NOW, a time, or NEVER. */
    long nextAt() {
        if (!ready.isEmpty()) {
            return NOW;
        }
        return sleeping.isEmpty() ? NEVER : sleeping.first().at();
    }
}
