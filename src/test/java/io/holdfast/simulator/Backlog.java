package io.holdfast.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Updates in the order of their making that no webhook worker has; guarded by the queue's lock. */
final class Backlog {

    /** An offset so far above the next update_id is from before a restart of the ids: it confirms nothing. */
    private static final int FUTURE = 10;

    private final Deque<PendingUpdate> updates = new ArrayDeque<>();

    void add(PendingUpdate update) {
        updates.add(update);
    }

    void putBack(List<PendingUpdate> loaded) {
        for (int i = loaded.size() - 1; i >= 0; i--) {
            updates.addFirst(loaded.get(i));
        }
    }

    @Nullable
    PendingUpdate next() {
        return updates.poll();
    }

    void forget(PendingUpdate update) {
        updates.remove(update);
    }

    void clear() {
        updates.clear();
    }

    int size() {
        return updates.size();
    }

    /** A negative offset keeps that many from the end; a positive one confirms what is below it. */
    void confirm(long offset, long nextId) {
        if (offset < 0) {
            while (updates.size() > -offset) {
                updates.remove();
            }
        } else if (offset <= nextId + FUTURE) {
            while (!updates.isEmpty() && updates.element().id() < offset) {
                updates.remove();
            }
        }
    }

    void dropExpired(long now) {
        while (!updates.isEmpty() && updates.element().isExpired(now)) {
            updates.remove();
        }
    }

    List<PendingUpdate> first(int limit) {
        return updates.stream().limit(limit).toList();
    }
}
