package io.holdfast.lane;

import io.holdfast.channel.EditTarget;
import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.AcceptedUpdates;
import io.holdfast.inbox.Completion;
import io.holdfast.kernel.BotId;
import io.holdfast.node.Nodes;
import io.holdfast.outbox.QueuedMessage;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
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
public class Lanes implements AcceptedUpdates {

    @Inject
    private LaneConfig config;

    @Inject
    private Nodes nodes;

    @Inject
    private DueSignal dueSignal;

    @Inject
    private EditTarget edits;

    @Inject
    private TurnQueues turns;

    private volatile int lapsesSeen;
    private volatile boolean shedding;
    private final Map<BotId, HeldBot> held = new ConcurrentHashMap<>();
    private SendQueues sends = new SendQueues(new SendLimits(1, 1, 1, 0), System::nanoTime, message -> null);

    @PostConstruct
    void open() {
        sends = new SendQueues(
                config.sendLimits(), System::nanoTime, message -> edits.of(message.method(), message.payload()));
    }

    @Override
    public List<AcceptedUpdate> handOn(List<AcceptedUpdate> accepted) {
        List<AcceptedUpdate> elsewhere = new ArrayList<>();
        for (AcceptedUpdate row : accepted) {
            if (!current() || !offer(row)) {
                elsewhere.add(row);
            }
        }
        shedWhileBusy();
        return elsewhere;
    }

    @Override
    public void lookForDueWork() {
        dueSignal.wake();
    }

    /** Queues messages that a turn committed; those of a bot that was lost meanwhile are its next owner's. */
    void send(List<QueuedMessage> messages) {
        for (QueuedMessage message : messages) {
            sends.offer(message, false);
        }
    }

    /** True while nothing may be sent to the chat, for it or its bot was told to wait. */
    boolean paused(BotId bot, @Nullable Long chat) {
        return sends.on(bot, false, (lane, now) -> lane.paused(chat, now));
    }

    /** Queues an open update; false when the bot does not live here. */
    boolean offer(AcceptedUpdate row) {
        @Nullable HeldBot lane = held.get(row.bot());
        if (lane == null) {
            return false;
        }
        if (turns.contains(row.bot(), row.inboxId())) {
            return true;
        }
        TurnRunner.Way way = turns.way(row, lane.profile);
        if (way != TurnRunner.Way.CHAT) {
            return turns.queue(row, way);
        }
        if (turns.overloaded(row)) {
            return turns.refuse(row);
        }
        return lane.backlog.leaves(row.inboxId(), full(row.bot())) || turns.queue(row, way);
    }

    private boolean full(BotId bot) {
        return turns.size(bot) >= config.memory;
    }

    /** Queues an update that is due, unless older ones of its bot wait in the database, or memory is full: then so does it. */
    void queueDue(AcceptedUpdate row) {
        @Nullable HeldBot lane = held.get(row.bot());
        if (lane == null) {
            return;
        }
        TurnRunner.Way way = turns.way(row, lane.profile);
        if (way != TurnRunner.Way.CHAT || !lane.backlog.leavesDue(row.inboxId(), full(row.bot()))) {
            turns.queue(row, way);
        }
    }

    /** Queues an update whatever the memory cap says, and never refuses it: for rows that were just read back. */
    boolean queue(AcceptedUpdate row) {
        boolean queued = turns.queue(row, turns.way(row, profile(row.bot())));
        shedWhileBusy();
        return queued;
    }

    /** Makes a lane that collects but does not run yet. */
    HeldBot open(LeaseStore.Lease lease) {
        turns.open(lease.bot());
        sends.open(lease.bot());
        HeldBot lane = new HeldBot(lease);
        held.put(lease.bot(), lane);
        return lane;
    }

    /** Lets the lane's messages be sent. */
    void startSends(BotId bot) {
        sends.start(bot);
    }

    /** Lets the lane's turns run. */
    void startTurns(BotId bot) {
        turns.start(bot);
    }

    /** Forgets the bot; its rows stay in the database. */
    void drop(BotId bot) {
        held.remove(bot);
        turns.drop(bot);
        sends.drop(bot);
        shedWhileBusy();
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
        // In this order: what is read back is queued before the backlog ends below it.
        return inboxId >= lane.backlog.from() || turns.contains(bot, inboxId);
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
