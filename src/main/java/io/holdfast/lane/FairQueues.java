package io.holdfast.lane;

import io.holdfast.kernel.BotId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Queues by key inside lanes by bot: one item of a queue at a time, queues of a bot in turn, bots in turn.
 *
 * <p>No bot has more than {@code perBot} items out at once, so none can hold up another. A held queue gives nothing until its own
 * moment has come or, where it has none, until its head is released. Items of a queue come out in the order of their ids, the
 * urgent ones first. Thread-safe; plain Java.
 */
final class FairQueues<T> {

    /** An item that was taken out; it stays the head of its queue until {@link #done} or {@link #hold}. */
    record Taken<T>(BotId bot, String key, long id, T item, LaneQueues<T> lane) {}

    private final int perBot;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition readied = lock.newCondition();
    private final Map<BotId, LaneQueues<T>> lanes = new HashMap<>();
    private final ArrayDeque<LaneQueues<T>> ring = new ArrayDeque<>();
    private final HoldEnds<T> holdEnds = new HoldEnds<>();
    private boolean closed;

    FairQueues(int perBot) {
        this(perBot, System::nanoTime);
    }

    FairQueues(int perBot, LongSupplier nanoTime) {
        this.perBot = perBot;
        this.nanoTime = nanoTime;
    }

    /** Makes a lane that takes items but gives none until {@link #start}. */
    void open(BotId bot) {
        locked(() -> lanes.putIfAbsent(bot, new LaneQueues<>(bot)));
    }

    /** Lets the lane give items. */
    void start(BotId bot) {
        ofLane(bot, false, lane -> {
            lane.start();
            return enter(lane);
        });
    }

    /** Forgets the bot and all its items; what is out is answered by nobody. */
    void drop(BotId bot) {
        locked(() -> {
            LaneQueues<T> lane = lanes.remove(bot);
            return lane != null && ring.remove(lane);
        });
    }

    boolean offer(BotId bot, String key, long id, T item, boolean held) {
        return offer(bot, key, id, item, held, false);
    }

    /**
     * Puts the item into its queue unless it is there; false when the bot has no lane here. An urgent one comes before all of its
     * queue that are not, behind the one that is out or held.
     */
    boolean offer(BotId bot, String key, long id, T item, boolean held, boolean urgent) {
        return ofLane(bot, false, lane -> {
            lane.add(key, id, item, held, urgent);
            enter(lane);
            return true;
        });
    }

    /** Waits for the next item; null once closed. */
    @Nullable
    Taken<T> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (long left = endHolds(); ring.isEmpty() && !closed; left = endHolds()) {
                if (left == HoldEnds.NONE) {
                    readied.await();
                } else {
                    readied.awaitNanos(left);
                }
            }
            return closed ? null : next();
        } finally {
            lock.unlock();
        }
    }

    /** The next item, or null when none is ready now. */
    @Nullable
    Taken<T> poll() {
        return locked(() -> {
            endHolds();
            return closed || ring.isEmpty() ? null : next();
        });
    }

    /** This item, where it is the head of its queue and its lane is not started yet; else null. */
    @Nullable
    Taken<T> takeBeforeStart(BotId bot, long id) {
        return locked(() -> lanes.containsKey(bot) ? lanes.get(bot).takeBeforeStart(id) : null);
    }

    /** The item is finished; the next one of its queue may come. */
    void done(Taken<T> taken) {
        ifOpen(taken, () -> taken.lane().finish(taken.key(), taken.id()));
    }

    /** The item stays the head of its queue, as {@code instead}, which gives nothing for so long; nobody can release it before. */
    void hold(Taken<T> taken, T instead, Duration pause) {
        giveBack(taken, instead, true, nanoTime.getAsLong() + pause.toNanos());
    }

    /** The item goes back to the head of its queue and may be taken again at once. */
    void putBack(Taken<T> taken) {
        giveBack(taken, taken.item(), false, null);
    }

    /** Lets a held item be taken again, unless it has a moment of its own; false when it is not in memory. */
    boolean release(BotId bot, long id) {
        return ofLane(bot, false, lane -> {
            lane.release(id);
            enter(lane);
            return lane.contains(id);
        });
    }

    int size(BotId bot) {
        return ofLane(bot, 0, LaneQueues::size);
    }

    /** The item of this id, or null. */
    @Nullable
    T find(BotId bot, long id) {
        return locked(() -> lanes.containsKey(bot) ? lanes.get(bot).find(id) : null);
    }

    /** What a new item of the bot and the key would wait behind or beside; null where that is nothing. */
    LaneQueues.@Nullable Waiting<T> waiting(BotId bot, String key) {
        return locked(() -> lanes.containsKey(bot) ? lanes.get(bot).waiting(key) : null);
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
        return ofLane(bot, OptionalLong.empty(), LaneQueues::lowest);
    }

    /** The highest id that was ever offered for the bot; 0 when none was. */
    long highestSeen(BotId bot) {
        return ofLane(bot, 0L, LaneQueues::highestSeen);
    }

    /** Gives nothing more; wakes everybody who waits. */
    void close() {
        locked(() -> {
            closed = true;
            readied.signalAll();
            return null;
        });
    }

    private void giveBack(Taken<T> taken, T instead, boolean held, @Nullable Long until) {
        ifOpen(taken, () -> {
            taken.lane().giveBack(taken.key(), taken.id(), instead, held, until);
            if (until != null) {
                holdEnds.add(until, taken.lane(), taken.id());
                // Whoever waits for a later moment looks again.
                readied.signal();
            }
        });
    }

    /** Not for what was taken out of a lane that was dropped since, even where the bot has another one now. */
    private void ifOpen(Taken<T> taken, Runnable change) {
        locked(() -> {
            if (lanes.get(taken.bot()) == taken.lane()) {
                change.run();
                enter(taken.lane());
            }
            return null;
        });
    }

    /** Lets go on what may by now; answers how long the next hold lasts. */
    private long endHolds() {
        return holdEnds.endUntil(nanoTime.getAsLong(), lane -> {
            if (lanes.get(lane.bot) == lane) {
                enter(lane);
            }
        });
    }

    private Taken<T> next() {
        LaneQueues<T> lane = ring.remove();
        lane.inRing = false;
        Taken<T> taken = lane.takeNext();
        enter(lane);
        return taken;
    }

    private boolean enter(LaneQueues<T> lane) {
        if (!lane.inRing && lane.running < perBot && lane.hasReady()) {
            lane.inRing = true;
            ring.add(lane);
            readied.signal();
        }
        return lane.inRing;
    }

    private <V> V ofLane(BotId bot, V withoutLane, Function<LaneQueues<T>, V> work) {
        return locked(() -> {
            LaneQueues<T> lane = lanes.get(bot);
            return lane == null ? withoutLane : work.apply(lane);
        });
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
