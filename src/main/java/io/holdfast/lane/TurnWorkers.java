package io.holdfast.lane;

import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.Completion;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.kernel.Mishap;
import io.holdfast.lane.TurnRunner.TurnResult;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The threads that do turns: each takes the next ready one, runs it to its end, and hands its messages to the sender. */
@ApplicationScoped
class TurnWorkers {
    private static final Logger LOG = System.getLogger(TurnWorkers.class.getName());

    @Inject
    private Lanes lanes;

    @Inject
    private LaneConfig config;

    @Inject
    private TurnRunner runner;

    @Inject
    private Completion completion;

    @Inject
    private TurnEnds ends;

    @Inject
    private Supervisor supervisor;

    /** What may have ended the former process, taken out of its queue. */
    record Suspect(FairQueues<TurnItem> queues, FairQueues.Taken<TurnItem> taken) {}

    private final List<Thread> running = new ArrayList<>();

    void start() {
        for (int i = 0; i < config.turns; i++) {
            running.add(supervisor.start("turn-" + i, () -> work(lanes.turns().chats())));
        }
        for (int i = 0; i < config.controls; i++) {
            running.add(
                    supervisor.start("control-" + i, () -> work(lanes.turns().controls())));
        }
    }

    /** Lets every running turn end; starts no other. */
    void stop(Duration patience) {
        lanes.turns().close();
        long until = System.nanoTime() + patience.toNanos();
        for (Thread thread : running) {
            try {
                thread.join(Duration.ofNanos(Math.max(1, until - System.nanoTime())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /**
     * Runs what may have ended the former process, alone, after a committed mark; its lane is not started yet.
     *
     * @return the suspect where it is slow: it is out, and to be run by {@link #runMarked} when others may run beside it
     */
    @Nullable
    Suspect runSuspect(AcceptedUpdate row) throws InterruptedException {
        for (FairQueues<TurnItem> queues :
                List.of(lanes.turns().controls(), lanes.turns().chats())) {
            FairQueues.Taken<TurnItem> taken = queues.takeBeforeStart(row.bot(), row.inboxId());
            if (taken == null) {
                continue;
            }
            Suspect suspect = new Suspect(queues, taken);
            if (taken.item().step() != TurnItem.Step.TURN) {
                run(queues, taken);
            } else if (runner.isSlow(row, lanes.profile(row.bot()))) {
                return suspect;
            } else {
                runMarked(suspect);
            }
        }
        return null;
    }

    /** Runs a suspect after a committed mark. */
    void runMarked(Suspect suspect) throws InterruptedException {
        boolean settled = false;
        try {
            Completion.Owner owner = lanes.owner(suspect.taken().bot());
            if (owner == null) {
                ends.settle(suspect.queues(), suspect.taken(), new TurnResult.Unavailable());
            } else {
                runMarked(suspect.queues(), suspect.taken(), owner);
            }
            settled = true;
        } finally {
            if (!settled) {
                suspect.queues().putBack(suspect.taken());
            }
            lanes.shedWhileBusy();
        }
    }

    private void runMarked(FairQueues<TurnItem> queues, FairQueues.Taken<TurnItem> taken, Completion.Owner owner)
            throws InterruptedException {
        AcceptedUpdate row = taken.item().row();
        if (!completion.mark(row, owner)) {
            lanes.send(runner.apologise(row));
            queues.done(taken);
            return;
        }
        if (runner.isSlow(row, lanes.profile(row.bot()))) {
            lanes.send(runner.announceAgain(row));
        }
        CrashPoint.hit("after-mark");
        TurnResult result = runner.run(row, owner, lanes.profile(row.bot()));
        CrashPoint.hit("after-suspect");
        HeldBot lane = lanes.held(row.bot());
        if (result instanceof TurnResult.Unavailable) {
            completion.unmark(row);
        } else if (lane != null) {
            lane.suspects.remove(row.inboxId());
        }
        ends.settle(queues, taken, result);
    }

    private void work(FairQueues<TurnItem> queues) {
        while (true) {
            try {
                List<FairQueues.Taken<TurnItem>> taken = queues.takeTogether(this::isShared, config.shared);
                if (taken.isEmpty()) {
                    return;
                }
                if (isShared(taken.getFirst().item())) {
                    runTogether(queues, taken);
                } else {
                    run(queues, taken.getFirst());
                }
            } catch (InterruptedException e) {
                // A handler's watchdog came a moment too late; only a closed queue ends this thread.
                LOG.log(Level.DEBUG, "A late interrupt was ignored.");
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "A turn worker met a failure that it should not have met", e);
            }
        }
    }

    private void runTogether(FairQueues<TurnItem> queues, List<FairQueues.Taken<TurnItem>> taken)
            throws InterruptedException {
        List<FairQueues.Taken<TurnItem>> left = new ArrayList<>(taken);
        try {
            List<TurnResult> results = resultsOf(taken);
            Mishap.WORKER.perhaps();
            ends.settle(queues, left, results);
        } finally {
            left.forEach(one -> queues.hold(one, one.item(), TurnEnds.DATABASE_PAUSE));
            lanes.shedWhileBusy();
        }
    }

    /** Those without an owner have no turn now: a lease that is being renewed keeps all of them waiting once, not one after another. */
    private List<TurnResult> resultsOf(List<FairQueues.Taken<TurnItem>> taken) {
        List<TurnResult> results = new ArrayList<>(Collections.nCopies(taken.size(), new TurnResult.Unavailable()));
        List<Integer> owned = new ArrayList<>(taken.size());
        List<TurnRunner.Shared> turns = new ArrayList<>(taken.size());
        for (int i = 0; i < taken.size(); i++) {
            FairQueues.Taken<TurnItem> one = taken.get(i);
            Completion.Owner owner = lanes.owner(one.bot());
            if (owner != null) {
                owned.add(i);
                turns.add(new TurnRunner.Shared(one.item().row(), owner, lanes.profile(one.bot())));
            }
        }
        List<TurnResult> ended = runner.runTogether(turns);
        for (int i = 0; i < owned.size(); i++) {
            results.set(owned.get(i), ended.get(i));
        }
        return results;
    }

    private void run(FairQueues<TurnItem> queues, FairQueues.Taken<TurnItem> taken) throws InterruptedException {
        boolean settled = false;
        try {
            Completion.Owner owner = lanes.owner(taken.bot());
            if (owner != null && isSuspect(taken.item())) {
                runMarked(queues, taken, owner);
            } else {
                // Without an owner either the bot is gone, then this does nothing, or the lease is being renewed.
                TurnResult result = owner == null ? new TurnResult.Unavailable() : resultOf(taken.item(), owner);
                Mishap.WORKER.perhaps();
                ends.settle(queues, taken, result);
            }
            settled = true;
        } finally {
            if (!settled) {
                // Whatever came out of it: an update that is out for ever would hold its chat for ever.
                queues.hold(taken, taken.item(), TurnEnds.DATABASE_PAUSE);
            }
            lanes.shedWhileBusy();
        }
    }

    /** A suspect is alone: none must wait in a thread's hands behind others, with what came after it going ahead of it elsewhere. */
    private boolean isShared(TurnItem item) {
        return item.shared() && !isSuspect(item);
    }

    private boolean isSuspect(TurnItem item) {
        HeldBot lane = lanes.held(item.row().bot());
        return lane != null
                && item.step() == TurnItem.Step.TURN
                && lane.suspects.contains(item.row().inboxId());
    }

    private TurnResult resultOf(TurnItem item, Completion.Owner owner) {
        BotProfile bot = lanes.profile(item.row().bot());
        return switch (item.step()) {
            case TURN -> runner.run(item.row(), owner, bot);
            case ACKNOWLEDGE -> runner.acknowledge(item.row(), owner, bot);
            case REFUSE -> runner.refuse(item.row(), owner, bot);
        };
    }
}
