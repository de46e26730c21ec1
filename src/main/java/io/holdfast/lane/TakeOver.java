package io.holdfast.lane;

import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.Startup;
import io.holdfast.node.Nodes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes bots over: lease, then everything unfinished from the rows, then work. One that cannot be read is left, and tried again
 * by the rescue or by what is due for it; the others go on.
 *
 * <p>After an unclean stop the first open turn of each chat may be what ended the process. Such a suspect runs after a committed
 * mark. One that has a mark already was running at a crash before: it runs alone, before any other turn of these bots, and slow
 * ones one after another while the others are at work. Updates are accepted and messages sent meanwhile.
 */
@ApplicationScoped
class TakeOver {
    private static final Logger LOG = System.getLogger(TakeOver.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);

    @Inject
    private Startup startup;

    @Inject
    private Nodes nodes;

    @Inject
    private LeaseStore leases;

    @Inject
    private HolderStore holders;

    @Inject
    private Lanes lanes;

    @Inject
    private LaneFilling filling;

    @Inject
    private SuspectTurns suspectTurns;

    @Inject
    private Supervisor supervisor;

    @Inject
    private BotTrouble trouble;

    /** Bots whose former holder ended uncleanly and that could not be taken over since: their work is suspect still. */
    private final Set<BotId> unclean = new HashSet<>();

    /**
     * At start: takes back what this node's former process held. Answers when the leases are
     * taken: updates are accepted from then on, however long it takes to read what is open.
     */
    void recover() {
        List<LeaseStore.Lease> leased = lease(holders.heldBy(nodes.self()), nodes.uncleanBefore());
        supervisor.start("recovery", () -> fillUntilDone(leased));
        if (nodes.uncleanBefore()) {
            supervisor.noteUncleanStart(nodes.self());
        }
    }

    private void fillUntilDone(List<LeaseStore.Lease> leased) {
        List<BotId> bots = leased.stream().map(LeaseStore.Lease::bot).toList();
        Runnable attempt = () -> fill(leased);
        while (!startup.stopping()) {
            try {
                attempt.run();
                return;
            } catch (HoldfastException e) {
                LOG.log(Level.WARNING, "Bots are taken over when the database is back: {0}", e.getMessage());
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            }
            attempt = () -> takeOver(bots);
        }
    }

    /**
     * After a lapse, if there was one: forgets all bots and takes back those that nobody took meanwhile. Nothing of them is
     * suspect, since this process has not ended.
     */
    synchronized void recoverAfterLapse() {
        if (lanes.forgetAfterLapse()) {
            takeOver(holders.heldBy(nodes.self()), false);
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
        fill(lease(bots, ownWorkSuspect));
    }

    /** Takes the leases of those that nobody else has, and makes lanes that collect and do not run yet. */
    private synchronized List<LeaseStore.Lease> lease(List<BotId> bots, boolean ownWorkSuspect) {
        List<LeaseStore.Lease> leased = new ArrayList<>();
        boolean whole = false;
        try {
            for (BotId bot : bots) {
                if (!lanes.holds(bot)) {
                    trouble.orLeave(bot, BotTrouble.Step.TAKE_OVER, () -> lease(bot, ownWorkSuspect, leased));
                }
            }
            whole = true;
            return leased;
        } finally {
            if (!whole) {
                drop(leased);
            }
        }
    }

    private void lease(BotId bot, boolean ownWorkSuspect, List<LeaseStore.Lease> leased) {
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
        CrashPoint.hit("after-lease");
        lanes.open(lease);
        leased.add(lease);
    }

    /** Queues all that is open of these bots. Where the database goes away in between, what was filled is whole. */
    private synchronized void fill(List<LeaseStore.Lease> leased) {
        List<LeaseStore.Lease> left = new ArrayList<>(leased);
        List<LeaseStore.Lease> filled = new ArrayList<>();
        List<AcceptedUpdate> marked = new ArrayList<>();
        try {
            for (LeaseStore.Lease lease : leased) {
                if (trouble.orLeave(lease.bot(), BotTrouble.Step.TAKE_OVER, () -> fill(lease, marked))) {
                    left.remove(lease);
                    filled.add(lease);
                }
            }
        } finally {
            // A lane that was not filled must not stand in the way of the next try.
            drop(left);
            begin(filled, marked);
        }
    }

    private void fill(LeaseStore.Lease lease, List<AcceptedUpdate> marked) {
        HeldBot lane = lanes.held(lease.bot());
        if (lane == null || lane.epoch != lease.epoch()) {
            return;
        }
        List<AcceptedUpdate> perhapsRunning = filling.fill(lease, lane);
        if (unclean.remove(lease.bot()) && lease.formerHolder() != null) {
            for (AcceptedUpdate row : perhapsRunning) {
                if (row.marks() > 0) {
                    marked.add(row);
                } else {
                    lane.suspects.add(row.inboxId());
                }
            }
        }
        // What is in the outbox has ended no process.
        lanes.startSends(lease.bot());
    }

    private void drop(List<LeaseStore.Lease> leased) {
        for (LeaseStore.Lease lease : leased) {
            HeldBot lane = lanes.held(lease.bot());
            if (lane != null && lane.epoch == lease.epoch()) {
                lanes.drop(lease.bot());
            }
        }
    }

    private void begin(List<LeaseStore.Lease> filled, List<AcceptedUpdate> marked) {
        if (marked.isEmpty()) {
            startTurns(filled);
        } else {
            supervisor.start("suspects", () -> suspectTurns.run(marked, () -> startTurns(filled)));
        }
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
}
