package io.holdfast.lane;

import io.holdfast.channel.ChannelSender;
import io.holdfast.channel.OutboundCall;
import io.holdfast.channel.OutcomeClass;
import io.holdfast.channel.SendOutcome;
import io.holdfast.fleet.Suspension;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.node.Nodes;
import io.holdfast.outbox.OutboxMarks;
import io.holdfast.outbox.QueuedMessage;
import io.holdfast.outbox.Settlement;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The calls to the channel that are in flight: makes them on virtual threads and has each settled (T4).
 *
 * <p>At most {@code holdfast.lane.calls} at once: who marks a message holds a place from {@link #begin} on.
 */
@ApplicationScoped
class Calls {
    private static final Logger LOG = System.getLogger(Calls.class.getName());

    /** For what was marked in the moment in which its chat, its bot or all were told to wait; the queue knows for how long. */
    private static final SendOutcome HELD_BACK = new SendOutcome.RetryAt(
            OutcomeClass.RATE_LIMIT, Duration.ofSeconds(1), false, "marked in the moment in which a pause began");

    @Inject
    private Lanes lanes;

    @Inject
    private LaneConfig config;

    @Inject
    private Nodes nodes;

    @Inject
    private Settler settler;

    @Inject
    private ApiHost host;

    @Inject
    private ChannelSender channel;

    @Inject
    private Suspension suspension;

    @Inject
    private SendMetrics metrics;

    @Resource
    private ManagedThreadFactory threads;

    private final ExecutorService running = Executors.newVirtualThreadPerTaskExecutor();
    private Semaphore places = new Semaphore(0);

    void start() {
        places = new Semaphore(config.calls);
        settler.start(threads);
    }

    /** Waits for the calls in flight to be settled. */
    void stop(Duration patience) {
        settler.stopping();
        try {
            if (!places.tryAcquire(config.calls, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(
                        Level.WARNING,
                        "Calls were still in flight when the server stopped; their messages are uncertain.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.shutdownNow();
        settler.close();
    }

    /** Waits for a place. */
    void begin() throws InterruptedException {
        places.acquire();
    }

    boolean tryBegin() {
        return places.tryAcquire();
    }

    /** Gives a place back. */
    void end() {
        places.release();
    }

    /** Makes the call of a message that was marked in this epoch, and has a place. */
    void call(SendQueues.Taken taken, long epoch) {
        running.execute(() -> callNow(taken, epoch));
    }

    /** The message is finished, or another's: its place and its queue are free. */
    void finish(SendQueues.Taken taken) {
        lanes.sends().done(taken);
        end();
    }

    private void callNow(SendQueues.Taken taken, long epoch) {
        QueuedMessage message = taken.message().sending();
        if (!nodes.leaseHolds()) {
            // Not a byte was sent. The next owner finds the row as SENDING and must take it for uncertain.
            finish(taken);
            return;
        }
        if (host.cutOff() || lanes.paused(message.bot(), message.chatId())) {
            settle(taken, Settlement.of(message, HELD_BACK), epoch, Optional.empty());
            return;
        }
        CrashPoint.hit("before-first-byte");
        long before = System.nanoTime();
        SendOutcome outcome = send(message);
        CrashPoint.hit("after-call");
        metrics.sent(message, outcome, Duration.ofNanos(System.nanoTime() - before));
        settle(taken, outcome, epoch);
        if (outcome instanceof SendOutcome.SuspendBot suspend) {
            suspension.suspend(message.bot(), suspend.reason());
        }
    }

    /** Whatever breaks around a call, it may have arrived, and its message must be settled: its chat waits for that. */
    private SendOutcome send(QueuedMessage message) {
        try {
            return channel.send(
                    new OutboundCall(message.bot(), message.method(), message.payload(), message.attempts()));
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "Sending a message of bot " + message.bot() + " broke off", e);
            return new SendOutcome.Uncertain(
                    "the sender broke off (%s)".formatted(e.getClass().getSimpleName()));
        }
    }

    private void settle(SendQueues.Taken taken, SendOutcome outcome, long epoch) {
        QueuedMessage message = taken.message().sending();
        Settlement settlement;
        Optional<Pause> pause;
        try {
            host.note(message.bot(), outcome);
            pause = throttled(taken, outcome);
            settlement = Settlement.of(message, outcome);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The end of a call of bot " + message.bot() + " was not understood", e);
            pause = Optional.empty();
            settlement = Settlement.uncertain(message, "what came back was not understood");
        }
        settle(taken, settlement, epoch, pause);
    }

    private Optional<Pause> throttled(SendQueues.Taken taken, SendOutcome outcome) {
        if (outcome instanceof SendOutcome.RetryAt retry && retry.outcomeClass() == OutcomeClass.RATE_LIMIT) {
            Optional<Pause> pause = lanes.sends().throttled(taken, retry.after());
            pause.ifPresent(metrics::throttled);
            return pause;
        }
        return Optional.empty();
    }

    private void settle(SendQueues.Taken taken, Settlement ended, long epoch, Optional<Pause> pause) {
        Settlement settled = settler.settle(new OutboxMarks.Ended(ended, epoch), pause);
        if (settled == null) {
            return;
        }
        if (settled.next() != null) {
            lanes.sends().hold(taken, settled.after(), settled.next());
            end();
        } else {
            finish(taken);
        }
    }
}
