package io.holdfast.lane;

import io.holdfast.kernel.BotId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
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

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition readied = lock.newCondition();
    private final Map<BotId, LaneQueues<T>> lanes = new HashMap<>();
    private final ReadyLanes<T> ring;
    private final HoldEnds<T> holdEnds = new HoldEnds<>();
    private boolean closed;
    private int size;

    FairQueues(int perBot) {
        this(perBot, System::nanoTime);
    }

    FairQueues(int perBot, LongSupplier nanoTime) {
        this.ring = new ReadyLanes<>(perBot);
        this.nanoTime = nanoTime;
    }

    /** Makes a lane that takes items but gives none until {@link #start}. */
    void open(BotId bot) {
        locked(() -> lanes.putIfAbsent(bot, new LaneQueues<>(bot)));
    }

    /** Lets the lane give items. */
    void start(BotId bot) {
        on(bot, false, lane -> lane.run(true));
    }

    /** Forgets the bot and all its items, and answers the lowest of them; what is out is answered by nobody. */
    OptionalLong drop(BotId bot) {
        return locked(() -> {
            LaneQueues<T> lane = lanes.remove(bot);
            if (lane == null) {
                return OptionalLong.empty();
            }
            ring.remove(lane);
            size -= lane.size();
            return lane.lowest();
        });
    }

    /**
     * Puts the item into its queue unless it is there; false when the bot has no lane here. An urgent one comes before all of its
     * queue that are not, behind the one that is out or held.
     */
    boolean offer(BotId bot, String key, long id, T item, boolean held, boolean urgent) {
        return on(bot, false, lane -> lane.add(key, id, item, held, urgent));
    }

    /** Has all steps of the work done at once: whoever takes meanwhile waits, and finds all of it. */
    void together(Runnable work) {
        locked(() -> {
            work.run();
            return null;
        });
    }

    /**
     * Waits for the next item and, where it is one of those that can be done together, takes more of them that are ready, bots in
     * turn; none once closed. Together they count as one of each bot.
     */
    List<Taken<T>> takeTogether(Predicate<T> which, int most) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            for (long left = endHolds(); ring.isEmpty() && !closed; left = endHolds()) {
                if (left == HoldEnds.NONE) {
                    readied.await();
                } else {
                    readied.awaitNanos(left);
                }
            }
            List<Taken<T>> taken = closed ? List.of() : ring.next(which, most);
            if (!ring.isEmpty()) {
                // A lane that came back while it was taken from has waked nobody.
                readied.signal();
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** The next item, or null when none is ready now. */
    @Nullable
    Taken<T> poll() {
        return locked(() -> {
            endHolds();
            return closed || ring.isEmpty() ? null : ring.next();
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
        return on(bot, false, lane -> lane.release(id));
    }

    int size(BotId bot) {
        return on(bot, 0, LaneQueues::size);
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

    /** How many items are in memory, those that are out included. */
    int size() {
        return locked(() -> size);
    }

    int count(ToIntFunction<LaneQueues<T>> figure) {
        return locked(() -> lanes.values().stream().mapToInt(figure).sum());
    }

    /** The lowest id of the bot that is not finished. */
    OptionalLong lowestOpen(BotId bot) {
        return on(bot, OptionalLong.empty(), LaneQueues::lowest);
    }

    /** The highest id that was ever offered for the bot; 0 when none was. */
    long highestSeen(BotId bot) {
        return on(bot, 0L, LaneQueues::highestSeen);
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
        on(taken.bot(), false, lane -> {
            if (lane == taken.lane()) {
                change.run();
            }
            return true;
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

    private void enter(LaneQueues<T> lane) {
        if (ring.enter(lane)) {
            readied.signal();
        }
    }

    /** Does one step on the bot's lane, and answers {@code withoutLane} where it has none here. */
    <V> V on(BotId bot, V withoutLane, Function<LaneQueues<T>, V> step) {
        return locked(() -> {
            LaneQueues<T> lane = lanes.get(bot);
            if (lane == null) {
                return withoutLane;
            }
            int before = lane.size();
            V answer = step.apply(lane);
            size += lane.size() - before;
            enter(lane);
            return answer;
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
