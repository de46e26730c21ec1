package io.holdfast.lane;

import io.holdfast.kernel.BotId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The queues of one bot. Not thread-safe: {@link FairQueues} holds its lock around every call. */
final class LaneQueues<T> {

    /** How many items wait, and the oldest of them. */
    record Waiting<T>(int count, T oldest) {}

    private record Item<T>(long id, T value, boolean urgent) {
        boolean before(Item<T> other) {
            return urgent == other.urgent ? id < other.id : urgent;
        }
    }

    private static final class Queue<T> {
        final String key;
        final ArrayDeque<Item<T>> items = new ArrayDeque<>();
        boolean out;
        boolean held;
        /** When the hold ends by itself; null where somebody has to release it. */
        @Nullable
        Long until;

        boolean ready;

        Queue(String key) {
            this.key = key;
        }

        /** The head is running or held: what comes in goes behind it. */
        boolean taken() {
            return out || held;
        }

        boolean heads(long id) {
            return items.getFirst().id() == id;
        }
    }

    final BotId bot;
    private final Map<String, Queue<T>> queues = new HashMap<>();
    private final TreeMap<Long, Queue<T>> byId = new TreeMap<>();
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

    /** Adds an item by its id, an urgent one before all that are not, though never before the head that is out or held. */
    void add(String key, long id, T value, boolean held, boolean urgent) {
        highest = Math.max(highest, id);
        if (byId.containsKey(id)) {
            return;
        }
        Queue<T> queue = queues.computeIfAbsent(key, Queue::new);
        byId.put(id, queue);
        Item<T> item = new Item<>(id, value, urgent);
        boolean first = queue.items.isEmpty();
        if (first || queue.items.getLast().before(item)) {
            queue.items.addLast(item);
        } else {
            insert(queue, item);
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
        return takeHead(queue);
    }

    /** The item itself where it is the head of its queue and this lane is not started; else null. */
    FairQueues.@Nullable Taken<T> takeBeforeStart(long id) {
        Queue<T> queue = byId.get(id);
        return started || queue == null || queue.taken() || !queue.heads(id) ? null : takeHead(queue);
    }

    private FairQueues.Taken<T> takeHead(Queue<T> queue) {
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

    /** Puts the head that was out back, held until the moment or, where there is none, until it is released. */
    void giveBack(String key, long id, T instead, boolean held, @Nullable Long until) {
        Queue<T> queue = queues.get(key);
        if (queue == null || !isOut(queue, id)) {
            return;
        }
        running--;
        queue.out = false;
        queue.held = held;
        queue.until = until;
        Item<T> head = queue.items.removeFirst();
        queue.items.addFirst(new Item<>(id, instead, head.urgent()));
        ready(queue);
    }

    boolean contains(long id) {
        return byId.containsKey(id);
    }

    /** The item, or null. */
    @Nullable
    T find(long id) {
        Queue<T> queue = byId.get(id);
        return queue == null
                ? null
                : queue.items.stream()
                        .filter(item -> item.id() == id)
                        .map(Item::value)
                        .findFirst()
                        .orElse(null);
    }

    /** Ends a hold that has no end of its own. */
    void release(long id) {
        Queue<T> queue = byId.get(id);
        if (queue != null && queue.heads(id) && queue.until == null) {
            queue.held = false;
            ready(queue);
        }
    }

    /** Ends the hold whose own end has come. */
    void endHold(long id, long until) {
        Queue<T> queue = byId.get(id);
        if (queue != null && queue.heads(id) && queue.held && queue.until != null && queue.until == until) {
            queue.held = false;
            queue.until = null;
            ready(queue);
        }
    }

    /** What a new item of this key would wait behind or beside; null where that is nothing. */
    @Nullable
    Waiting<T> waiting(String key) {
        int count = 0;
        Item<T> oldest = null;
        for (Queue<T> queue : ready) {
            count += queue.items.size();
            oldest = older(oldest, queue.items.getFirst());
        }
        Queue<T> own = queues.get(key);
        if (own != null && !own.ready && own.items.size() > 1) {
            count += own.items.size() - 1;
            oldest = older(oldest, own.items.stream().skip(1).findFirst().orElseThrow());
        }
        return oldest == null ? null : new Waiting<>(count, oldest.value());
    }

    private static <T> Item<T> older(@Nullable Item<T> one, Item<T> other) {
        return one == null || other.id() < one.id() ? other : one;
    }

    int size() {
        return byId.size();
    }

    OptionalLong lowest() {
        return byId.isEmpty() ? OptionalLong.empty() : OptionalLong.of(byId.firstKey());
    }

    long highestSeen() {
        return highest;
    }

    /** Rare: an urgent item, or a row that was read back later than younger ones came in. */
    private static <T> void insert(Queue<T> queue, Item<T> item) {
        List<Item<T>> items = new ArrayList<>(queue.items);
        int at = queue.taken() ? 1 : 0;
        while (at < items.size() && items.get(at).before(item)) {
            at++;
        }
        items.add(at, item);
        queue.items.clear();
        queue.items.addAll(items);
    }

    private boolean isOut(Queue<T> queue, long id) {
        return queue.out && queue.heads(id);
    }

    private void ready(Queue<T> queue) {
        if (started && !queue.taken() && !queue.ready && !queue.items.isEmpty()) {
            queue.ready = true;
            ready.add(queue);
        }
    }
}
