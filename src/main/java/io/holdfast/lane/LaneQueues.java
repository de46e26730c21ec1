package io.holdfast.lane;

import io.holdfast.kernel.BotId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The queues of one bot. Not thread-safe: {@link FairQueues} holds its lock around every call. */
final class LaneQueues<T> {

    /** How many items wait, and the oldest of them. */
    record Waiting<T>(int count, T oldest) {}

    final BotId bot;
    private final Map<String, LaneQueue<T>> queues = new HashMap<>();
    private final TreeMap<Long, LaneQueue<T>> byId = new TreeMap<>();
    private final ArrayDeque<LaneQueue<T>> ready = new ArrayDeque<>();
    private boolean started;
    private long highest;
    boolean inRing;
    int running;
    private int beside;

    LaneQueues(BotId bot) {
        this.bot = bot;
    }

    /** Whether it gives items. */
    boolean run(boolean gives) {
        started = gives;
        queues.values().forEach(this::ready);
        return true;
    }

    /** Adds an item by its id, an urgent one before all that are not, though never before the head that is out or held. True. */
    boolean add(String key, long id, T value, boolean held, boolean urgent) {
        highest = Math.max(highest, id);
        if (byId.containsKey(id)) {
            return true;
        }
        LaneQueue<T> queue = queues.computeIfAbsent(key, LaneQueue::new);
        byId.put(id, queue);
        LaneQueue.Item<T> item = new LaneQueue.Item<>(id, value, urgent);
        boolean first = queue.items.isEmpty();
        if (first || queue.items.getLast().before(item)) {
            queue.items.addLast(item);
        } else {
            insert(queue, item);
        }
        queue.held |= held && first;
        ready(queue);
        return true;
    }

    boolean hasReady() {
        return started && !ready.isEmpty();
    }

    FairQueues.Taken<T> takeNext() {
        LaneQueue<T> queue = ready.remove();
        queue.ready = false;
        running++;
        return takeHead(queue);
    }

    /** The next ready item where it is one of those; not counted as running. */
    FairQueues.@Nullable Taken<T> takeBeside(Predicate<T> which) {
        if (!which.test(ready.element().items.getFirst().value())) {
            return null;
        }
        LaneQueue<T> queue = ready.remove();
        queue.ready = false;
        queue.beside = true;
        beside++;
        return takeHead(queue);
    }

    /** The item itself where it is the head of its queue and this lane is not started; else null. */
    FairQueues.@Nullable Taken<T> takeBeforeStart(long id) {
        LaneQueue<T> queue = byId.get(id);
        if (started || queue == null || queue.taken() || !queue.heads(id)) {
            return null;
        }
        running++;
        return takeHead(queue);
    }

    private FairQueues.Taken<T> takeHead(LaneQueue<T> queue) {
        queue.out = true;
        LaneQueue.Item<T> head = queue.items.getFirst();
        return new FairQueues.Taken<>(bot, queue.key, head.id(), head.value(), this);
    }

    /** Removes the head that was out. */
    void finish(String key, long id) {
        LaneQueue<T> queue = queues.get(key);
        if (queue == null || !isOut(queue, id)) {
            return;
        }
        isIn(queue);
        queue.items.removeFirst();
        byId.remove(id);
        if (queue.items.isEmpty()) {
            queues.remove(key);
        }
        ready(queue);
    }

    /** Puts the head that was out back, held until the moment or, where there is none, until it is released. */
    void giveBack(String key, long id, T instead, boolean held, @Nullable Long until) {
        LaneQueue<T> queue = queues.get(key);
        if (queue == null || !isOut(queue, id)) {
            return;
        }
        isIn(queue);
        queue.held = held;
        queue.until = until;
        LaneQueue.Item<T> head = queue.items.removeFirst();
        queue.items.addFirst(new LaneQueue.Item<>(id, instead, head.urgent()));
        ready(queue);
    }

    boolean contains(long id) {
        return byId.containsKey(id);
    }

    /** The item, or null. */
    @Nullable
    T find(long id) {
        LaneQueue<T> queue = byId.get(id);
        return queue == null
                ? null
                : queue.items.stream()
                        .filter(item -> item.id() == id)
                        .map(LaneQueue.Item::value)
                        .findFirst()
                        .orElse(null);
    }

    /** Ends a hold that has no end of its own; false when the item is not here. */
    boolean release(long id) {
        LaneQueue<T> queue = byId.get(id);
        if (queue != null && queue.heads(id) && queue.until == null) {
            queue.held = false;
            ready(queue);
        }
        return queue != null;
    }

    /** Ends the hold whose own end has come. */
    void endHold(long id, long until) {
        LaneQueue<T> queue = byId.get(id);
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
        LaneQueue.Item<T> oldest = null;
        for (LaneQueue<T> queue : ready) {
            count += queue.items.size();
            oldest = older(oldest, queue.items.getFirst());
        }
        LaneQueue<T> own = queues.get(key);
        if (own != null && !own.ready && own.items.size() > 1) {
            count += own.items.size() - 1;
            oldest = older(oldest, own.items.stream().skip(1).findFirst().orElseThrow());
        }
        return oldest == null ? null : new Waiting<>(count, oldest.value());
    }

    private static <T> LaneQueue.Item<T> older(LaneQueue.@Nullable Item<T> one, LaneQueue.Item<T> other) {
        return one == null || other.id() < one.id() ? other : one;
    }

    int size() {
        return byId.size();
    }

    /** How many are out, also those that do not count as running. */
    int out() {
        return running + beside;
    }

    OptionalLong lowest() {
        return byId.isEmpty() ? OptionalLong.empty() : OptionalLong.of(byId.firstKey());
    }

    long highestSeen() {
        return highest;
    }

    /** Rare: an urgent item, or a row that was read back later than younger ones came in. */
    private static <T> void insert(LaneQueue<T> queue, LaneQueue.Item<T> item) {
        List<LaneQueue.Item<T>> items = new ArrayList<>(queue.items);
        int at = queue.taken() ? 1 : 0;
        while (at < items.size() && items.get(at).before(item)) {
            at++;
        }
        items.add(at, item);
        queue.items.clear();
        queue.items.addAll(items);
    }

    private boolean isOut(LaneQueue<T> queue, long id) {
        return queue.out && queue.heads(id);
    }

    private void isIn(LaneQueue<T> queue) {
        queue.out = false;
        if (queue.beside) {
            queue.beside = false;
            beside--;
        } else {
            running--;
        }
    }

    private void ready(LaneQueue<T> queue) {
        if (started && !queue.taken() && !queue.ready && !queue.items.isEmpty()) {
            queue.ready = true;
            ready.add(queue);
        }
    }
}
