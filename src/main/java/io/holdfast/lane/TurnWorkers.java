package io.holdfast.lane;

import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.Completion;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.Mishap;
import io.holdfast.lane.TurnRunner.TurnResult;
import io.holdfast.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The threads that do turns: each takes the next ready one, runs it to its end, and hands its messages to the sender. */
@ApplicationScoped
class TurnWorkers {
    private static final Logger LOG = System.getLogger(TurnWorkers.class.getName());
    private static final Duration DATABASE_PAUSE = Duration.ofMillis(500);

    @Inject
    private Lanes lanes;

    @Inject
    private LaneConfig config;

    @Inject
    private TurnRunner runner;

    @Inject
    private Completion completion;

    @Inject
    private Outbox outbox;

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
                settle(suspect.queues(), suspect.taken(), new TurnResult.Unavailable());
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
        if (result instanceof TurnResult.Unavailable) {
            completion.unmark(row);
        }
        settle(queues, taken, result);
    }

    private void work(FairQueues<TurnItem> queues) {
        while (true) {
            try {
                FairQueues.Taken<TurnItem> taken = queues.take();
                if (taken == null) {
                    return;
                }
                run(queues, taken);
            } catch (InterruptedException e) {
                // A handler's watchdog came a moment too late; only a closed queue ends this thread.
                LOG.log(Level.DEBUG, "A late interrupt was ignored.");
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "A turn worker met a failure that it should not have met", e);
            }
        }
    }

    private void run(FairQueues<TurnItem> queues, FairQueues.Taken<TurnItem> taken) throws InterruptedException {
        boolean settled = false;
        try {
            Completion.Owner owner = lanes.owner(taken.bot());
            // Without an owner either the bot is gone, then this does nothing, or the lease is being renewed.
            TurnResult result = owner == null ? new TurnResult.Unavailable() : resultOf(taken.item(), owner);
            Mishap.WORKER.perhaps();
            settle(queues, taken, result);
            settled = true;
        } finally {
            if (!settled) {
                // Whatever came out of it: an update that is out for ever would hold its chat for ever.
                queues.hold(taken, taken.item(), DATABASE_PAUSE);
            }
            lanes.shedWhileBusy();
        }
    }

    private TurnResult resultOf(TurnItem item, Completion.Owner owner) {
        BotProfile bot = lanes.profile(item.row().bot());
        return switch (item.step()) {
            case TURN -> runner.run(item.row(), owner, bot);
            case ACKNOWLEDGE -> runner.acknowledge(item.row(), owner, bot);
            case REFUSE -> runner.refuse(item.row(), owner, bot);
        };
    }

    private void settle(FairQueues<TurnItem> queues, FairQueues.Taken<TurnItem> taken, TurnResult result)
            throws InterruptedException {
        switch (result) {
            case TurnResult.Ended ended -> {
                CrashPoint.hit("after-t2-commit");
                lanes.send(ended.messages());
                CrashPoint.hit("after-messages-queued");
                ended(queues, taken);
            }
            case TurnResult.Postponed postponed ->
                queues.hold(taken, taken.item().as(postponed.row()), postponed.pause());
            case TurnResult.Unavailable unavailable -> {
                // This thread waits too: while the database is away, trying the others is no use.
                Thread.sleep(DATABASE_PAUSE);
                queues.putBack(taken);
            }
            case TurnResult.Lost lost -> lost(queues, taken);
        }
    }

    private void ended(FairQueues<TurnItem> queues, FairQueues.Taken<TurnItem> taken) {
        if (taken.item().step() == TurnItem.Step.ACKNOWLEDGE) {
            acknowledged(queues, taken);
        } else {
            queues.done(taken);
        }
    }

    /** Its turn is queued before its acknowledgement is finished, so that the bot's floor never passes it. */
    private void acknowledged(FairQueues<TurnItem> queues, FairQueues.Taken<TurnItem> taken) {
        AcceptedUpdate row = taken.item().row();
        if (lanes.turns().way(row, lanes.profile(row.bot())) == TurnRunner.Way.CONTROL_BUTTON) {
            queues.hold(taken, taken.item().then(TurnItem.Step.TURN), Duration.ZERO);
        } else {
            lanes.turns().queueButton(taken.item());
            queues.done(taken);
        }
    }

    /** Whoever ended or acknowledged the row may have been gone before its messages were handed on: they are read back. */
    private void lost(FairQueues<TurnItem> queues, FairQueues.Taken<TurnItem> taken) throws InterruptedException {
        try {
            lanes.send(outbox.ofTurn(taken.bot(), taken.id()).stream()
                    .filter(message -> !message.due())
                    .toList());
            ended(queues, taken);
        } catch (HoldfastException e) {
            LOG.log(Level.WARNING, "Messages could not be read back and are looked for again: {0}", e.getMessage());
            Thread.sleep(DATABASE_PAUSE);
            queues.putBack(taken);
        }
    }
}
