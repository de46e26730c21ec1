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
 * Takes bots over: lease, then everything unfinished from the rows, then work. One that cannot be read is left, and tried again
 * by the rescue or by what is due for it; the others go on.
 *
 * <p>After an unclean stop the first open turn of each chat may be what ended the process. Each of these suspects runs alone
 * after a committed mark, before any other turn of the recovered bots; those of slow commands run one after another while the
 * others are at work. Updates are accepted and messages sent meanwhile.
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

    @Inject
    private BotTrouble trouble;

    /** Bots whose former holder ended uncleanly and that could not be taken over since: their work is suspect still. */
    private final Set<BotId> unclean = new HashSet<>();

    /** What one take-over came to: bots that are filled, and what of theirs may have ended the former process. */
    private record Taken(List<LeaseStore.Lease> leases, List<AcceptedUpdate> suspects) {}

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
        Taken taken = new Taken(new ArrayList<>(), new ArrayList<>());
        try {
            for (BotId bot : bots) {
                if (!lanes.holds(bot)) {
                    trouble.orLeave(bot, BotTrouble.Step.TAKE_OVER, () -> take(bot, ownWorkSuspect, taken));
                }
            }
        } finally {
            // Also where the database went away in between: what was filled is whole.
            begin(taken);
        }
    }

    /** Queues all that is open of the bot, unless somebody else has it. */
    private void take(BotId bot, boolean ownWorkSuspect, Taken taken) {
        if (ownWorkSuspect) {
            unclean.add(bot);
        }
        LeaseStore.Lease lease = leases.take(bot, nodes.self()).orElse(null);
        if (lease == null) {
            unclean.remove(bot);
            return;
        }
        String holder = lease.formerHolder();
        if (holder != null && !holder.equals(nodes.self())) {
            unclean.add(bot);
        }
        boolean filled = false;
        try {
            List<AcceptedUpdate> open = load(lease);
            if (unclean.remove(bot) && holder != null) {
                taken.suspects().addAll(perhapsRunning(lease, open));
            }
            taken.leases().add(lease);
            filled = true;
        } finally {
            if (!filled) {
                // A lane that was not filled must not stand in the way of the next try.
                lanes.drop(bot);
            }
        }
    }

    private void begin(Taken taken) {
        // What is in the outbox has ended no process: it need not wait for the suspects.
        taken.leases().forEach(lease -> lanes.startSends(lease.bot()));
        if (taken.suspects().isEmpty()) {
            startTurns(taken.leases());
        } else {
            supervisor.start("recovery", () -> suspectTurns.run(taken.suspects(), () -> startTurns(taken.leases())));
        }
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
    private synchronized void startTurns(List<LeaseStore.Lease> taken) {
        for (LeaseStore.Lease lease : taken) {
            HeldBot lane = lanes.held(lease.bot());
            if (lane != null && lane.epoch == lease.epoch()) {
                lanes.startTurns(lease.bot());
            }
        }
    }

    /** Opens the lane, queues its messages and its open updates, and answers these, oldest first. */
    private List<AcceptedUpdate> load(LeaseStore.Lease lease) {
        BotId bot = lease.bot();
        CrashPoint.hit("after-lease");
        HeldBot lane = lanes.open(lease);
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
}
