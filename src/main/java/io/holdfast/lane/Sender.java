package io.holdfast.lane;

import io.holdfast.channel.ChannelSender;
import io.holdfast.channel.OutboundCall;
import io.holdfast.channel.OutcomeClass;
import io.holdfast.channel.SendOutcome;
import io.holdfast.inbox.Completion;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.kernel.HoldfastException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends what the turns have written: marks (T3), calls, settles (T4).
 *
 * <p>Only calls that start at once are marked, and at most {@code holdfast.lane.calls} are out: that is how many messages a crash of
 * this node can duplicate. Marks and settlements of all bots share commits.
 */
@ApplicationScoped
class Sender {
    private static final Logger LOG = System.getLogger(Sender.class.getName());
    private static final Duration DATABASE_PAUSE = Duration.ofMillis(500);
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
    private OutboxMarks marks;

    @Inject
    private Settler settler;

    @Inject
    private ApiHost host;

    @Inject
    private ChannelSender channel;

    @Inject
    private SendMetrics metrics;

    @Resource
    private ManagedThreadFactory threads;

    /** Marks whose commit may have gone through without an answer: not a byte of their calls was sent. */
    private final Set<OutboxMarks.Key> perhapsMarked = ConcurrentHashMap.newKeySet();

    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private Semaphore permits = new Semaphore(0);
    private @Nullable Thread marker;
    private volatile boolean stopping;

    void start() {
        permits = new Semaphore(config.calls);
        settler.start(threads);
        marker = threads.newThread(this::markUntilStopped);
        marker.setName("holdfast-mark");
        marker.start();
    }

    /** Starts no more calls, and waits for those in flight to be settled. */
    void stop(Duration patience) {
        stopping = true;
        settler.stopping();
        lanes.sends().close();
        try {
            if (marker != null) {
                marker.join(patience);
            }
            if (!permits.tryAcquire(config.calls, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(
                        Level.WARNING,
                        "Calls were still in flight when the server stopped; their messages are uncertain.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        calls.close();
        settler.close();
    }

    private void markUntilStopped() {
        while (!stopping) {
            try {
                permits.acquire();
                SendQueues.Taken first = lanes.sends().take();
                if (first == null) {
                    permits.release();
                    return;
                }
                mark(takeMore(first));
            } catch (InterruptedException e) {
                LOG.log(Level.DEBUG, "An interrupt was ignored: only a closed queue ends this thread.");
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "The marker met a failure that it should not have met", e);
            }
        }
    }

    private List<SendQueues.Taken> takeMore(SendQueues.Taken first) {
        List<SendQueues.Taken> batch = new ArrayList<>();
        batch.add(first);
        while (permits.tryAcquire()) {
            SendQueues.Taken next = lanes.sends().poll();
            if (next == null) {
                permits.release();
                break;
            }
            batch.add(next);
        }
        return batch;
    }

    private void mark(List<SendQueues.Taken> batch) throws InterruptedException {
        List<OutboxMarks.Start> starts = new ArrayList<>();
        for (SendQueues.Taken taken : batch) {
            Completion.Owner owner = lanes.owner(taken.bot());
            if (owner != null) {
                starts.add(new OutboxMarks.Start(taken.message(), owner.epoch(), perhapsMarked.contains(key(taken))));
            }
        }
        if (!lanes.current()) {
            putBack(batch);
            return;
        }
        try {
            CrashPoint.hit("before-t3");
            Set<OutboxMarks.Key> marked = starts.isEmpty() ? Set.of() : marks.markSending(nodes.self(), starts);
            CrashPoint.hit("after-t3-commit");
            for (SendQueues.Taken taken : batch) {
                perhapsMarked.remove(key(taken));
                if (marked.contains(key(taken))) {
                    calls.execute(() -> call(taken));
                } else {
                    finish(taken);
                }
            }
        } catch (HoldfastException e) {
            batch.forEach(taken -> perhapsMarked.add(key(taken)));
            LOG.log(Level.WARNING, "{0} messages could not be marked and wait: {1}", batch.size(), e.getMessage());
            putBack(batch);
        }
    }

    private static OutboxMarks.Key key(SendQueues.Taken taken) {
        return new OutboxMarks.Key(taken.bot(), taken.id());
    }

    private void putBack(List<SendQueues.Taken> batch) throws InterruptedException {
        batch.forEach(taken -> {
            lanes.sends().putBack(taken);
            permits.release();
        });
        Thread.sleep(DATABASE_PAUSE);
    }

    private void call(SendQueues.Taken taken) {
        QueuedMessage message = taken.message().sending();
        if (!nodes.leaseHolds()) {
            // Not a byte was sent. The next owner finds the row as SENDING and must take it for uncertain.
            finish(taken);
            return;
        }
        if (host.cutOff() || lanes.paused(message.bot(), message.chatId())) {
            settle(taken, Settlement.of(message, HELD_BACK), Optional.empty());
            return;
        }
        CrashPoint.hit("before-first-byte");
        long before = System.nanoTime();
        SendOutcome outcome = send(message);
        CrashPoint.hit("after-call");
        metrics.sent(message, outcome, Duration.ofNanos(System.nanoTime() - before));
        host.note(message.bot(), outcome);
        settle(taken, Settlement.of(message, outcome), throttled(taken, outcome));
    }

    /** Whatever breaks around a call, it may have arrived, and its message must be settled: its chat waits for that. */
    private SendOutcome send(QueuedMessage message) {
        try {
            return channel.send(
                    new OutboundCall(message.bot(), message.method(), message.payload(), message.attempts()));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Sending a message of bot " + message.bot() + " broke off", e);
            return new SendOutcome.Uncertain(
                    "the sender broke off (%s)".formatted(e.getClass().getSimpleName()));
        }
    }

    private Optional<Pause> throttled(SendQueues.Taken taken, SendOutcome outcome) {
        if (outcome instanceof SendOutcome.RetryAt retry && retry.outcomeClass() == OutcomeClass.RATE_LIMIT) {
            Optional<Pause> pause = lanes.sends().throttled(taken, retry.after());
            pause.ifPresent(metrics::throttled);
            return pause;
        }
        return Optional.empty();
    }

    private void settle(SendQueues.Taken taken, Settlement settlement, Optional<Pause> pause) {
        if (!settler.settle(settlement, pause)) {
            return;
        }
        if (settlement.next() != null) {
            lanes.sends().hold(taken, settlement.after(), settlement.next());
            permits.release();
        } else {
            finish(taken);
        }
    }

    private void finish(SendQueues.Taken taken) {
        lanes.sends().done(taken);
        permits.release();
    }
}
