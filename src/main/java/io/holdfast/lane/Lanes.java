package io.holdfast.lane;

import io.holdfast.channel.EditTarget;
import io.holdfast.inbox.Completion;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.BotLetGo;
import io.holdfast.kernel.BotTaken;
import io.holdfast.node.Nodes;
import io.holdfast.outbox.QueuedMessage;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The bots that live on this node, each with its queues of turns and of messages.
 *
 * <p>Memory only: everything in it can be read back from the database by the next owner. Thread-safe.
 */
@ApplicationScoped
public class Lanes {

    @Inject
    private LaneConfig config;

    @Inject
    private Nodes nodes;

    @Inject
    private EditTarget edits;

    @Inject
    private TurnQueues turns;

    @Inject
    private Event<BotTaken> taken;

    @Inject
    private Event<BotLetGo> letGo;

    private volatile int lapsesSeen;
    private volatile boolean shedding;
    private final Map<BotId, HeldBot> held = new ConcurrentHashMap<>();
    private SendQueues sends = new SendQueues(new SendLimits(1, 1, 1, 0), System::nanoTime, message -> null);

    @PostConstruct
    void open() {
        sends = new SendQueues(
                config.sendLimits(), System::nanoTime, message -> edits.of(message.method(), message.payload()));
    }

    /** Queues messages that a turn committed; those of a bot that was lost meanwhile are its next owner's. */
    void send(List<QueuedMessage> messages) {
        sends.offer(messages);
    }

    /** True while nothing may be sent to the chat, for it or its bot was told to wait. */
    boolean paused(BotId bot, @Nullable Long chat) {
        return sends.on(bot, false, (lane, now) -> lane.paused(chat, now));
    }

    /** Makes a lane that collects but does not run yet. */
    HeldBot open(LeaseStore.Lease lease) {
        turns.open(lease.bot());
        sends.open(lease.bot());
        HeldBot lane = new HeldBot(lease);
        held.put(lease.bot(), lane);
        taken.fire(new BotTaken(lease.bot(), lease.polled()));
        return lane;
    }

    /** Lets the lane's messages be sent. */
    void startSends(BotId bot) {
        sends.start(bot);
    }

    /** Lets the lane's turns run. */
    void startTurns(BotId bot) {
        turns.start(bot);
        @Nullable HeldBot lane = held.get(bot);
        if (lane != null) {
            lane.started = true;
        }
    }

    /** Lets what is out for the bot end, and begins nothing more for it until both are started again. */
    void rest(BotId bot) {
        turns.rest(bot);
        sends.on(bot, false, (lane, now) -> lane.run(false));
    }

    /** True while a turn or a call of the bot is under way. */
    boolean atWork(BotId bot) {
        return turns.out(bot) > 0 || sends.on(bot, 0, (lane, now) -> lane.out()) > 0;
    }

    /** True when nothing of the bot is open here or waits in the database. */
    boolean quiet(BotId bot) {
        @Nullable HeldBot lane = held.get(bot);
        return lane != null
                && lane.lowestOutside() == Backlog.NOTHING
                && turns.size(bot) == 0
                && sends.on(bot, 0, (sending, now) -> sending.size()) == 0;
    }

    /**
     * What of a bot was open when it was dropped; what came later was not taken in.
     *
     * @param turn the lowest id of an update, or {@link Backlog#NOTHING}
     * @param send the lowest id of a message, or {@link TimedRing#NEVER}
     */
    record Open(long turn, long send) {
        boolean nothing() {
            return turn == Backlog.NOTHING && send == TimedRing.NEVER;
        }
    }

    /** Forgets the bot; its rows stay in the database. */
    Open drop(BotId bot) {
        @Nullable HeldBot lane = held.remove(bot);
        long turn = turns.drop(bot).orElse(Backlog.NOTHING);
        long send = sends.drop(bot);
        shedWhileBusy();
        if (lane == null) {
            return new Open(turn, send);
        }
        letGo.fire(new BotLetGo(bot));
        return new Open(Math.min(turn, lane.lowestOutside()), send);
    }

    /** True while what is in memory is what this node holds. */
    boolean current() {
        return nodes.leaseHolds() && nodes.lapses() == lapsesSeen;
    }

    /** After a lapse: forgets every bot, so that they are taken anew. Answers whether there was one. */
    boolean forgetAfterLapse() {
        int lapses = nodes.lapses();
        if (lapses == lapsesSeen) {
            return false;
        }
        bots().forEach(this::drop);
        lapsesSeen = lapses;
        return true;
    }

    /** True when the update is in memory, or is to be read back later because memory was full. */
    boolean knows(BotId bot, HeldBot lane, long inboxId) {
        // In this order: what is read back or was late is queued before it is known as that no more.
        return inboxId >= lane.backlog.from() || lane.late.containsKey(inboxId) || turns.contains(bot, inboxId);
    }

    Map<BotId, HeldBot> heldNow() {
        return Map.copyOf(held);
    }

    boolean holds(BotId bot) {
        return held.containsKey(bot);
    }

    Set<BotId> bots() {
        return Set.copyOf(held.keySet());
    }

    @Nullable
    HeldBot held(BotId bot) {
        return held.get(bot);
    }

    /** The owner under which this node may write for the bot, or null when it does not live here. */
    Completion.@Nullable Owner owner(BotId bot) {
        @Nullable HeldBot lane = held.get(bot);
        return lane == null || !current() ? null : new Completion.Owner(nodes.self(), lane.epoch);
    }

    /** What its turns need to know of the bot; closed to all when it does not live here. */
    BotProfile profile(BotId bot) {
        @Nullable HeldBot lane = held.get(bot);
        return lane == null ? new BotProfile("", false) : lane.profile;
    }

    TurnQueues turns() {
        return turns;
    }

    SendQueues sends() {
        return sends;
    }

    /** How many updates wait for their turn or are in it, on this node. */
    public int openTurns() {
        return turns.size();
    }

    /**
     * Holds what goes to many back while so many turns are open on this node that people wait; to be called after each change
     * of their number.
     */
    void shedWhileBusy() {
        // Once more after each change: another thread's may have come between the look and the rule.
        while (busy() != shedding) {
            shed();
        }
    }

    private synchronized void shed() {
        boolean now = busy();
        shedding = now;
        sends.rule(order -> order.shed(now));
    }

    private boolean busy() {
        return openTurns() > config.busy;
    }

    /** How many messages wait to be sent or are being sent, on this node. */
    public int openSends() {
        return sends.size();
    }

    /** How many bots live here. */
    public int count() {
        return held.size();
    }
}
