package io.holdfast.lane;

import io.holdfast.kernel.BotId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Queues by key inside lanes by bot: one item of a queue at a time, queues of a bot in turn, bots in turn.
 *
 * <p>No bot has more than {@code perBot} items out at once, so none can hold up another. A held queue gives nothing until its head is
 * released. Items of a queue come out in the order of their ids. Thread-safe; plain Java.
 */
final class FairQueues<T> {

    /** An item that was taken out; it stays the head of its queue until {@link #done} or {@link #hold}. */
    record Taken<T>(BotId bot, String key, long id, T item, LaneQueues<T> lane) {}

    /** What became of an offered item. */
    enum Offer {
        /** It is in its queue, or was already. */
        QUEUED,
        /** The bot has no lane here. */
        NO_LANE
    }

    private final int perBot;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition readied = lock.newCondition();
    private final Map<BotId, LaneQueues<T>> lanes = new HashMap<>();
    private final ArrayDeque<LaneQueues<T>> ring = new ArrayDeque<>();
    private boolean closed;

    FairQueues(int perBot) {
        this.perBot = perBot;
    }

    /** Makes a lane that takes items but gives none until {@link #start}. */
    void open(BotId bot) {
        locked(() -> lanes.putIfAbsent(bot, new LaneQueues<>(bot)));
    }

    /** Lets the lane give items. */
    void start(BotId bot) {
        locked(() -> {
            LaneQueues<T> lane = lanes.get(bot);
            if (lane != null) {
                lane.start();
                enter(lane);
            }
            return null;
        });
    }

    /** Forgets the bot and all its items; what is out is answered by nobody. */
    void drop(BotId bot) {
        locked(() -> {
            LaneQueues<T> lane = lanes.remove(bot);
            return lane != null && ring.remove(lane);
        });
    }

    Offer offer(BotId bot, String key, long id, T item, boolean held) {
        return locked(() -> {
            LaneQueues<T> lane = lanes.get(bot);
            if (lane == null) {
                return Offer.NO_LANE;
            }
            lane.add(key, id, item, held);
            enter(lane);
            return Offer.QUEUED;
        });
    }

    /** Waits for the next item; null once closed. */
    @Nullable
    Taken<T> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (ring.isEmpty() && !closed) {
                readied.await();
            }
            return closed ? null : next();
        } finally {
            lock.unlock();
        }
    }

    /** The next item, or null when none is ready now. */
    @Nullable
    Taken<T> poll() {
        return locked(() -> closed || ring.isEmpty() ? null : next());
    }

    /** The item is finished; the next one of its queue may come. */
    void done(Taken<T> taken) {
        locked(() -> {
            if (stillOpen(taken)) {
                taken.lane().finish(taken.key(), taken.id());
                enter(taken.lane());
            }
            return null;
        });
    }

    /** The item stays the head of its queue, as {@code instead}, and the queue gives nothing until it is released. */
    void hold(Taken<T> taken, T instead) {
        giveBack(taken, instead, true);
    }

    /** The item goes back to the head of its queue and may be taken again at once. */
    void putBack(Taken<T> taken) {
        giveBack(taken, taken.item(), false);
    }

    /** Lets a held item be taken again; false when it is not in memory. */
    boolean release(BotId bot, long id) {
        return locked(() -> {
            LaneQueues<T> lane = lanes.get(bot);
            if (lane == null || !lane.contains(id)) {
                return false;
            }
            lane.release(id);
            enter(lane);
            return true;
        });
    }

    boolean hasLane(BotId bot) {
        return locked(() -> lanes.containsKey(bot));
    }

    /** True when the item waits here or is out. */
    boolean contains(BotId bot, long id) {
        return locked(() -> lanes.containsKey(bot) && lanes.get(bot).contains(id));
    }

    int size(BotId bot) {
        return locked(() -> lanes.containsKey(bot) ? lanes.get(bot).size() : 0);
    }

    int size() {
        return locked(() -> lanes.values().stream().mapToInt(LaneQueues::size).sum());
    }

    /** How many items are out now. */
    int out() {
        return locked(
                () -> lanes.values().stream().mapToInt(lane -> lane.running).sum());
    }

    /** The lowest id of the bot that is not finished. */
    OptionalLong lowestOpen(BotId bot) {
        return locked(() -> lanes.containsKey(bot) ? lanes.get(bot).lowest() : OptionalLong.empty());
    }

    /** The highest id that was ever offered for the bot; 0 when none was. */
    long highestSeen(BotId bot) {
        return locked(() -> lanes.containsKey(bot) ? lanes.get(bot).highestSeen() : 0L);
    }

    /** Gives nothing more; wakes everybody who waits. */
    void close() {
        locked(() -> {
            closed = true;
            readied.signalAll();
            return null;
        });
    }

    private void giveBack(Taken<T> taken, T instead, boolean held) {
        locked(() -> {
            if (stillOpen(taken)) {
                taken.lane().giveBack(taken.key(), taken.id(), instead, held);
                enter(taken.lane());
            }
            return null;
        });
    }

    /** False for what was taken out of a lane that was dropped since, even where the bot has another one now. */
    private boolean stillOpen(Taken<T> taken) {
        return lanes.get(taken.bot()) == taken.lane();
    }

    private Taken<T> next() {
        LaneQueues<T> lane = ring.remove();
        lane.inRing = false;
        Taken<T> taken = lane.takeNext();
        enter(lane);
        return taken;
    }

    private void enter(LaneQueues<T> lane) {
        if (!lane.inRing && lane.running < perBot && lane.hasReady()) {
            lane.inRing = true;
            ring.add(lane);
            readied.signal();
        }
    }

    private <V> V locked(Supplier<V> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
