package io.holdfast.lane;

import io.holdfast.kernel.BotId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The queues of one bot. Not thread-safe: {@link FairQueues} holds its lock around every call. */
final class LaneQueues<T> {

    private record Item<T>(long id, T value) {}

    private static final class Queue<T> {
        final String key;
        final ArrayDeque<Item<T>> items = new ArrayDeque<>();
        boolean out;
        boolean held;
        boolean ready;

        Queue(String key) {
            this.key = key;
        }
    }

    private final BotId bot;
    private final Map<String, Queue<T>> queues = new HashMap<>();
    private final Map<Long, Queue<T>> byId = new HashMap<>();
    private final ArrayDeque<Queue<T>> ready = new ArrayDeque<>();
    private boolean started;
    private long highest;
    boolean inRing;
    int running;

    LaneQueues(BotId bot) {
        this.bot = bot;
    }

    void start() {
        started = true;
        queues.values().forEach(this::ready);
    }

    /** Adds an item by its id, though never before the head that is out or held. */
    void add(String key, long id, T value, boolean held) {
        highest = Math.max(highest, id);
        if (byId.containsKey(id)) {
            return;
        }
        Queue<T> queue = queues.computeIfAbsent(key, Queue::new);
        byId.put(id, queue);
        boolean first = queue.items.isEmpty();
        if (first || queue.items.getLast().id() < id) {
            queue.items.addLast(new Item<>(id, value));
        } else {
            insert(queue, new Item<>(id, value));
        }
        queue.held |= held && first;
        ready(queue);
    }

    boolean hasReady() {
        return !ready.isEmpty();
    }

    FairQueues.Taken<T> takeNext() {
        Queue<T> queue = ready.remove();
        queue.ready = false;
        queue.out = true;
        running++;
        Item<T> head = queue.items.getFirst();
        return new FairQueues.Taken<>(bot, queue.key, head.id(), head.value(), this);
    }

    /** Removes the head that was out. */
    void finish(String key, long id) {
        Queue<T> queue = queues.get(key);
        if (queue == null || !isOut(queue, id)) {
            return;
        }
        running--;
        queue.out = false;
        queue.items.removeFirst();
        byId.remove(id);
        if (queue.items.isEmpty()) {
            queues.remove(key);
        }
        ready(queue);
    }

    void giveBack(String key, long id, T instead, boolean held) {
        Queue<T> queue = queues.get(key);
        if (queue == null || !isOut(queue, id)) {
            return;
        }
        running--;
        queue.out = false;
        queue.held = held;
        queue.items.removeFirst();
        queue.items.addFirst(new Item<>(id, instead));
        ready(queue);
    }

    boolean contains(long id) {
        return byId.containsKey(id);
    }

    void release(long id) {
        Queue<T> queue = byId.get(id);
        if (queue != null && queue.items.getFirst().id() == id) {
            queue.held = false;
            ready(queue);
        }
    }

    int size() {
        return byId.size();
    }

    OptionalLong lowest() {
        return byId.keySet().stream().mapToLong(Long::longValue).min();
    }

    long highestSeen() {
        return highest;
    }

    /** Rare: a row that was read back later than younger ones came in. */
    private static <T> void insert(Queue<T> queue, Item<T> item) {
        List<Item<T>> items = new ArrayList<>(queue.items);
        int at = queue.out || queue.held ? 1 : 0;
        while (at < items.size() && items.get(at).id() < item.id()) {
            at++;
        }
        items.add(at, item);
        queue.items.clear();
        queue.items.addAll(items);
    }

    private boolean isOut(Queue<T> queue, long id) {
        return queue.out && queue.items.getFirst().id() == id;
    }

    private void ready(Queue<T> queue) {
        if (started && !queue.out && !queue.held && !queue.ready && !queue.items.isEmpty()) {
            queue.ready = true;
            ready.add(queue);
        }
    }
}
