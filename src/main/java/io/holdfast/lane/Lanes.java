package io.holdfast.lane;

import io.holdfast.database.EngineDatabase;
import io.holdfast.due.DueKind;
import io.holdfast.due.DueRows;
import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.AcceptedUpdates;
import io.holdfast.inbox.Completion;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.BotStopped;
import io.holdfast.kernel.BotSuspended;
import io.holdfast.node.Nodes;
import io.holdfast.outbox.QueuedMessage;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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
    private EngineDatabase database;

    @Inject
    private LeaseStore leases;

    @Inject
    private DueSignal dueSignal;

    private volatile int lapsesSeen;
    private final Map<BotId, Held> held = new ConcurrentHashMap<>();
    private FairQueues<AcceptedUpdate> turns = new FairQueues<>(1);
    private FairQueues<QueuedMessage> sends = new FairQueues<>(1);

    /** One bot's lease, and from which id on its open updates are in the database alone. */
    static final class Held {
        static final long NOTHING = Long.MAX_VALUE;
        final long epoch;
        final BotProfile profile;
        long onlyStoredFrom = NOTHING;

        Held(long epoch, BotProfile profile) {
            this.epoch = epoch;
            this.profile = profile;
        }
    }

    @PostConstruct
    void open() {
        turns = new FairQueues<>(Math.max(1, config.turns / 2));
        sends = new FairQueues<>(config.callsPerBot);
    }

    @Override
    public List<AcceptedUpdate> handOn(List<AcceptedUpdate> accepted) {
        List<AcceptedUpdate> elsewhere = new ArrayList<>();
        for (AcceptedUpdate row : accepted) {
            if (!current() || !offer(row)) {
                elsewhere.add(row);
            }
        }
        return elsewhere;
    }

    @Override
    public void lookForDueWork() {
        dueSignal.wake();
    }

    /** Queues messages that a turn committed; those of a bot that was lost meanwhile are its next owner's. */
    void send(List<QueuedMessage> messages) {
        for (QueuedMessage message : messages) {
            sends.offer(message.bot(), message.queueKey(), message.outboxId(), message, false);
        }
    }

    /** Queues an open update; false when the bot does not live here. */
    boolean offer(AcceptedUpdate row) {
        @Nullable Held lane = held.get(row.bot());
        if (lane == null) {
            return false;
        }
        synchronized (lane) {
            if (lane.onlyStoredFrom != Held.NOTHING || turns.size(row.bot()) >= config.memory) {
                lane.onlyStoredFrom = Math.min(lane.onlyStoredFrom, row.inboxId());
                return true;
            }
            return queue(row);
        }
    }

    /** Queues an update whatever the memory cap says: for rows that were just read back. */
    boolean queue(AcceptedUpdate row) {
        boolean waits = row.due();
        return turns.offer(row.bot(), row.update().queueKey(), row.inboxId(), row, waits) != FairQueues.Offer.NO_LANE;
    }

    /** Makes a lane that collects but does not run yet. */
    void open(LeaseStore.Lease lease) {
        turns.open(lease.bot());
        sends.open(lease.bot());
        held.put(lease.bot(), new Held(lease.epoch(), lease.profile()));
    }

    /** Lets the lane run. */
    void start(BotId bot) {
        turns.start(bot);
        sends.start(bot);
    }

    /** Forgets the bot; its rows stay in the database. */
    void drop(BotId bot) {
        held.remove(bot);
        turns.drop(bot);
        sends.drop(bot);
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

    /** Its open work gets due rows: should the bot be started again, they bring its lane back. */
    void stopped(@Observes BotStopped event) {
        release(event.bot());
    }

    /** Its open work gets due rows, which wait until it works again. */
    void suspended(@Observes BotSuspended event) {
        release(event.bot());
    }

    /** Lets all bots go. A bot with unfinished work gets a due row, by which another node finds it. */
    void releaseAll() {
        bots().forEach(this::release);
    }

    private void release(BotId bot) {
        Held lane = held.get(bot);
        if (lane != null) {
            OptionalLong openTurn = turns.lowestOpen(bot);
            OptionalLong openSend = sends.lowestOpen(bot);
            drop(bot);
            database.inTransaction(connection -> {
                if (openTurn.isPresent()) {
                    DueRows.put(connection, bot, DueKind.INBOX, List.of(openTurn.getAsLong()), Duration.ZERO);
                }
                if (openSend.isPresent()) {
                    DueRows.put(connection, bot, DueKind.OUTBOX, List.of(openSend.getAsLong()), Duration.ZERO);
                }
                return true;
            });
            leases.release(bot, nodes.self(), lane.epoch);
        }
    }

    boolean holds(BotId bot) {
        return held.containsKey(bot);
    }

    Set<BotId> bots() {
        return Set.copyOf(held.keySet());
    }

    @Nullable
    Held held(BotId bot) {
        return held.get(bot);
    }

    /** The owner under which this node may write for the bot, or null when it does not live here. */
    Completion.@Nullable Owner owner(BotId bot) {
        @Nullable Held lane = held.get(bot);
        return lane == null || !current() ? null : new Completion.Owner(nodes.self(), lane.epoch);
    }

    /** What its turns need to know of the bot; closed to all when it does not live here. */
    BotProfile profile(BotId bot) {
        @Nullable Held lane = held.get(bot);
        return lane == null ? new BotProfile("", false) : lane.profile;
    }

    FairQueues<AcceptedUpdate> turns() {
        return turns;
    }

    FairQueues<QueuedMessage> sends() {
        return sends;
    }

    /** How many updates wait for their turn or are in it, on this node. */
    public int openTurns() {
        return turns.size();
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
