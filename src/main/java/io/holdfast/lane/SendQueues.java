package io.holdfast.lane;

import io.holdfast.kernel.BotId;
import io.holdfast.lane.ChatSends.Entry;
import io.holdfast.outbox.QueuedMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be sent on this node, and what may be sent next.
 *
 * <p>Within (chat, class) messages come out one at a time in the order of their ids. Among all that may be sent, an earlier {@link Band}
 * goes first, within it the bots in turn, of a bot its chats in turn. Nothing comes out for a paused chat or bot, before a held message's
 * time, or faster than the limits. Who waits in {@link #take} is woken at exactly the time at which something may be sent.
 * Thread-safe; plain Java; memory only.
 */
final class SendQueues {

    /** A message that was taken out; it stays the first of its queue until {@link #done} or {@link #hold}. */
    record Taken(SendLane lane, Entry entry, QueuedMessage message) {
        BotId bot() {
            return message.bot();
        }

        long id() {
            return message.outboxId();
        }
    }

    interface Step<V> {
        V on(SendLane lane, long now);
    }

    private final SendLimits limits;
    private final LongSupplier nanos;
    private final long origin;
    private final Function<QueuedMessage, @Nullable String> targets;
    private final SendOrder order;
    private final ReentrantLock lock = new ReentrantLock();
    private final Waiters waiters = new Waiters(lock.newCondition());
    private final Map<BotId, SendLane> lanes = new HashMap<>();
    private boolean closed;

    /** {@code nanos} never goes back; {@code targets} names what a preview or an edit changes, null where it changes nothing. */
    SendQueues(SendLimits limits, LongSupplier nanos, Function<QueuedMessage, @Nullable String> targets) {
        this.limits = limits;
        this.nanos = nanos;
        this.origin = nanos.getAsLong() - 1;
        this.targets = targets;
        this.order = new SendOrder(limits, now());
    }

    /** Makes a lane that takes messages but gives none until {@link #start}. */
    void open(BotId bot) {
        locked(() -> lanes.computeIfAbsent(bot, id -> new SendLane(id, limits, now())));
    }

    /** Lets the lane give messages. */
    void start(BotId bot) {
        on(bot, false, (lane, now) -> lane.run(true));
    }

    /** Forgets the bot and all its messages, and answers the lowest of them or NEVER; what is out is answered by nobody. */
    long drop(BotId bot) {
        return locked(() -> {
            SendLane lane = lanes.remove(bot);
            if (lane != null) {
                order.remove(lane);
                waiters.wake(order.nextAt());
            }
            return lane == null ? TimedRing.NEVER : lane.lowest();
        });
    }

    /** Queues the message; one that is {@code held} waits for {@link #release}. False when the bot has no lane here. */
    boolean offer(QueuedMessage message, boolean held) {
        String target = targets.apply(message);
        long from = held ? TimedRing.NEVER : TimedRing.NOW;
        return on(message.bot(), false, (lane, now) -> lane.add(message, from, target, now));
    }

    /** Queues messages that were written together; whoever takes meanwhile waits, and finds all of them. */
    void offer(List<QueuedMessage> messages) {
        rule(all -> messages.forEach(message -> offer(message, false)));
    }

    /** Waits for the next message that may be sent; null once closed. */
    @Nullable
    Taken take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Taken taken = next();
            while (taken == null && !closed) {
                waiters.await(order.nextAt(), now());
                taken = next();
            }
            return taken;
        } finally {
            waiters.leave(order.nextAt());
            lock.unlock();
        }
    }

    /** The next message, or null when none may be sent now. */
    @Nullable
    Taken poll() {
        return locked(this::next);
    }

    /** The message is finished; the next one of its queue may come. */
    void done(Taken taken) {
        giveBack(taken, now -> taken.lane().finish(taken.entry(), now));
    }

    /** The message stays the first of its queue, as {@code instead}, and is not sent again before that time. */
    void hold(Taken taken, QueuedMessage instead, Duration pause) {
        giveBack(taken, now -> taken.lane().hold(taken.entry(), instead, now + pause.toNanos(), now));
    }

    /** The message goes back to where it was and may be taken again at once. */
    void putBack(Taken taken) {
        giveBack(taken, now -> taken.lane().hold(taken.entry(), taken.message(), TimedRing.NOW, now));
    }

    /** Lets a held message be taken again; false when it is not in memory. */
    boolean release(BotId bot, long id) {
        return on(bot, false, (lane, now) -> lane.release(id, now));
    }

    /** The call was told to wait so long: pauses its chat, or its bot; empty when the bot is gone. */
    Optional<Pause> throttled(Taken taken, Duration length) {
        return on(taken.bot(), Optional.empty(), (lane, now) -> {
            return Optional.of(lane.throttled(taken.entry(), length, now, now + origin));
        });
    }

    /** Changes what may come out of all lanes together. */
    void rule(Consumer<SendOrder> change) {
        locked(() -> {
            change.accept(order);
            waiters.wake(order.nextAt());
            return true;
        });
    }

    /** Forgets what waits for the chat and answers it in order; what is out stays. */
    List<QueuedMessage> removeChat(BotId bot, long chat) {
        return on(bot, List.of(), (lane, now) -> lane.removeChat(chat, now));
    }

    /** Gives nothing more; wakes everybody who waits. */
    void close() {
        locked(() -> {
            closed = true;
            waiters.wakeAll();
            return true;
        });
    }

    /** How many messages are in memory, those that are out included. */
    int size() {
        return count(SendLane::size);
    }

    int count(ToIntFunction<SendLane> figure) {
        return locked(() -> lanes.values().stream().mapToInt(figure).sum());
    }

    <V> List<V> each(Step<V> step) {
        return locked(() -> {
            long now = now();
            return lanes.values().stream().map(lane -> step.on(lane, now)).toList();
        });
    }

    /** The lowest id of the bot that is not finished. */
    OptionalLong lowestOpen(BotId bot) {
        long lowest = on(bot, TimedRing.NEVER, (lane, now) -> lane.lowest());
        return lowest == TimedRing.NEVER ? OptionalLong.empty() : OptionalLong.of(lowest);
    }

    /** The highest id that was ever offered for the bot; 0 when none was. */
    long highestSeen(BotId bot) {
        return on(bot, 0L, (lane, now) -> lane.highestSeen());
    }

    /** Does one step on the bot's lane, and answers {@code otherwise} where it has none here. */
    <V extends @Nullable Object> V on(BotId bot, V otherwise, Step<V> step) {
        return locked(() -> {
            SendLane lane = lanes.get(bot);
            if (lane == null) {
                return otherwise;
            }
            V answer = step.on(lane, now());
            place(lane);
            return answer;
        });
    }

    /** Nothing is done for what was taken out of a lane that was dropped since, even where the bot has another one now. */
    private void giveBack(Taken taken, LongConsumer step) {
        on(taken.bot(), false, (lane, now) -> {
            boolean open = lane == taken.lane() && taken.entry().out;
            if (open) {
                int before = lane.outBulk();
                step.accept(now);
                order.countBulk(lane.outBulk() - before);
            }
            return open;
        });
    }

    private @Nullable Taken next() {
        Entry entry = closed ? null : order.next(now());
        return entry == null
                ? null
                : new Taken(Objects.requireNonNull(lanes.get(entry.message.bot())), entry, entry.message);
    }

    private void place(SendLane lane) {
        order.place(lane, now());
        waiters.wake(order.nextAt());
    }

    private long now() {
        return nanos.getAsLong() - origin;
    }

    private <V extends @Nullable Object> V locked(Supplier<V> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
