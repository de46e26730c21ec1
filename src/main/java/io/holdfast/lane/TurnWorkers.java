package io.holdfast.lane;

import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.Completion;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.outbox.Outbox;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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
    private Outbox outbox;

    @Resource
    private ManagedThreadFactory threads;

    private final List<Thread> running = new ArrayList<>();

    void start() {
        for (int i = 0; i < config.turns; i++) {
            Thread thread = threads.newThread(this::work);
            thread.setName("holdfast-turn-" + i);
            running.add(thread);
            thread.start();
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

    private void work() {
        while (true) {
            try {
                FairQueues.Taken<AcceptedUpdate> taken = lanes.turns().take();
                if (taken == null) {
                    return;
                }
                run(taken);
            } catch (InterruptedException e) {
                // A handler's watchdog came a moment too late; only a closed queue ends this thread.
                LOG.log(Level.DEBUG, "A late interrupt was ignored.");
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "A turn worker met a failure that it should not have met", e);
            }
        }
    }

    private void run(FairQueues.Taken<AcceptedUpdate> taken) throws InterruptedException {
        Completion.Owner owner = lanes.owner(taken.bot());
        if (owner == null) {
            // Either the bot is gone, then this does nothing, or the lease is being renewed.
            Thread.sleep(DATABASE_PAUSE);
            lanes.turns().putBack(taken);
            return;
        }
        switch (runner.run(taken.item(), owner, lanes.profile(taken.bot()))) {
            case TurnRunner.TurnResult.Ended ended -> {
                CrashPoint.hit("after-t2-commit");
                lanes.send(ended.messages());
                CrashPoint.hit("after-messages-queued");
                lanes.turns().done(taken);
            }
            case TurnRunner.TurnResult.Postponed postponed -> lanes.turns().hold(taken, postponed.row());
            case TurnRunner.TurnResult.Unavailable unavailable -> {
                Thread.sleep(DATABASE_PAUSE);
                lanes.turns().putBack(taken);
            }
            case TurnRunner.TurnResult.Lost lost -> lost(taken);
        }
    }

    /** Whoever ended the row may have been gone before its messages were handed on: they are read back. */
    private void lost(FairQueues.Taken<AcceptedUpdate> taken) throws InterruptedException {
        try {
            lanes.send(outbox.ofTurn(taken.bot(), taken.id()).stream()
                    .filter(message -> !message.due())
                    .toList());
            lanes.turns().done(taken);
        } catch (HoldfastException e) {
            LOG.log(Level.WARNING, "Messages could not be read back and are looked for again: {0}", e.getMessage());
            Thread.sleep(DATABASE_PAUSE);
            lanes.turns().putBack(taken);
        }
    }
}
