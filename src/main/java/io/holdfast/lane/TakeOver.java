package io.holdfast.lane;

import io.holdfast.database.EngineDatabase;
import io.holdfast.due.DueRows;
import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.node.Nodes;
import io.holdfast.outbox.Outbox;
import io.holdfast.outbox.OutboxMarks;
import io.holdfast.outbox.QueuedMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes bots over: lease, then everything unfinished from the rows, then work.
 *
 * <p>After an unclean stop the first open turn of each chat may be what ended the process. Each of these suspects runs alone
 * after a committed mark, before anything else of the recovered bots runs; those of slow commands run one after another while
 * the others are at work. Updates are accepted meanwhile.
 */
@ApplicationScoped
class TakeOver {
    private static final Logger LOG = System.getLogger(TakeOver.class.getName());

    @Inject
    private Nodes nodes;

    @Inject
    private LeaseStore leases;

    @Inject
    private Lanes lanes;

    @Inject
    private ReadBack readBack;

    @Inject
    private Outbox outbox;

    @Inject
    private Pauses pauses;

    @Inject
    private OutboxMarks marks;

    @Inject
    private EngineDatabase database;

    @Inject
    private SuspectTurns suspectTurns;

    @Inject
    private Supervisor supervisor;

    /** At start: takes back what this node's former process held, and what nodes that are gone hold. */
    void recover() {
        takeOver(leases.abandoned(nodes.self()), nodes.uncleanBefore());
        if (nodes.uncleanBefore()) {
            supervisor.noteUncleanStart(nodes.self());
        }
    }

    /**
     * After a lapse, if there was one: forgets all bots and takes back those that nobody took meanwhile. Nothing of them is
     * suspect, since this process has not ended.
     */
    synchronized void recoverAfterLapse() {
        if (lanes.forgetAfterLapse()) {
            takeOver(leases.abandoned(nodes.self()), false);
        }
    }

    /** Takes the bots that nobody alive holds, all or some of them. */
    void takeOver(List<BotId> bots) {
        takeOver(bots, false);
    }

    /** Does the work while no lane is half filled. */
    synchronized void whileNoneIsTaken(Runnable work) {
        work.run();
    }

    private synchronized void takeOver(List<BotId> bots, boolean ownWorkSuspect) {
        List<LeaseStore.Lease> taken = new ArrayList<>();
        List<AcceptedUpdate> suspects;
        try {
            for (BotId bot : bots) {
                if (!lanes.holds(bot)) {
                    leases.take(bot, nodes.self()).ifPresent(taken::add);
                }
            }
            suspects = fill(taken, ownWorkSuspect);
        } catch (RuntimeException e) {
            // A lane that was not filled must not stand in the way of the next try.
            taken.forEach(lease -> lanes.drop(lease.bot()));
            throw e;
        }
        if (suspects.isEmpty()) {
            start(taken);
        } else {
            supervisor.start("recovery", () -> suspectTurns.run(suspects, () -> start(taken)));
        }
    }

    /** Queues all that is open, and answers what may have ended the former process. */
    private List<AcceptedUpdate> fill(List<LeaseStore.Lease> taken, boolean ownWorkSuspect) {
        List<AcceptedUpdate> suspects = new ArrayList<>();
        for (LeaseStore.Lease lease : taken) {
            List<AcceptedUpdate> open = load(lease);
            if (unclean(lease, ownWorkSuspect)) {
                suspects.addAll(perhapsRunning(lease, open));
            }
        }
        return suspects;
    }

    /** The first of each queue whose time had come: nothing else of it can have been in its turn. */
    private List<AcceptedUpdate> perhapsRunning(LeaseStore.Lease lease, List<AcceptedUpdate> open) {
        Set<String> seen = new HashSet<>();
        return open.stream()
                .filter(row -> seen.add(lanes.turns().way(row, lease.profile())
                                + row.update().queueKey())
                        && !row.waits())
                .toList();
    }

    /** Not what was lost or taken anew meanwhile. */
    private synchronized void start(List<LeaseStore.Lease> taken) {
        for (LeaseStore.Lease lease : taken) {
            Lanes.Held lane = lanes.held(lease.bot());
            if (lane != null && lane.epoch == lease.epoch()) {
                lanes.start(lease.bot());
            }
        }
    }

    /** Opens the lane, queues its messages and its open updates, and answers these, oldest first. */
    private List<AcceptedUpdate> load(LeaseStore.Lease lease) {
        BotId bot = lease.bot();
        CrashPoint.hit("after-lease");
        Lanes.Held lane = lanes.open(lease);
        database.run(connection -> {
            DueRows.handAgain(connection, bot);
            return true;
        });
        pauses.readBack(bot);
        int lost = marks.markLost(bot, lease.outboxFloor());
        CrashPoint.hit("after-mark-lost");
        List<QueuedMessage> messages = outbox.recoverable(bot, lease.outboxFloor());
        messages.forEach(message -> lanes.sends().offer(message, message.due()));
        List<AcceptedUpdate> open = readBack.fill(bot, lane);
        CrashPoint.hit("after-load");
        if (lease.formerHolder() != null) {
            LOG.log(
                    Level.INFO,
                    "Bot {0} was recovered: {1} open updates, {2} unsent messages, {3} uncertain.",
                    bot,
                    open.size(),
                    messages.size(),
                    lost);
        }
        return open;
    }

    private boolean unclean(LeaseStore.Lease lease, boolean ownWorkSuspect) {
        String holder = lease.formerHolder();
        return holder != null && (ownWorkSuspect || !holder.equals(nodes.self()));
    }
}
