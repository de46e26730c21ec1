package io.holdfast.lane;

import io.holdfast.channel.ChannelSender;
import io.holdfast.channel.OutboundCall;
import io.holdfast.channel.SendOutcome;
import io.holdfast.fleet.Suspension;
import io.holdfast.inbox.Completion;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.node.Nodes;
import io.holdfast.outbox.OutboxMarks;
import io.holdfast.outbox.QueuedMessage;
import io.holdfast.outbox.Settlement;
import io.holdfast.outbox.Unsendable;
import io.holdfast.resilience.GroupCommit;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
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

    @Inject
    private Lanes lanes;

    @Inject
    private LaneConfig config;

    @Inject
    private Nodes nodes;

    @Inject
    private OutboxMarks marks;

    @Inject
    private Unsendable unsendable;

    @Inject
    private ChannelSender channel;

    @Inject
    private SendMetrics metrics;

    @Inject
    private Suspension suspension;

    @Resource
    private ManagedThreadFactory threads;

    /** Marks whose commit may have gone through without an answer: not a byte of their calls was sent. */
    private final Set<OutboxMarks.Key> perhapsMarked = ConcurrentHashMap.newKeySet();

    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
    private Semaphore permits = new Semaphore(0);
    private @Nullable GroupCommit<Settlement, Settlement> settlements;
    private @Nullable Thread marker;
    private volatile boolean stopping;

    void start() {
        permits = new Semaphore(config.calls);
        settlements = new GroupCommit<>(
                "settle", threads, new GroupCommit.Limits(256, 4096, Duration.ofMinutes(1)), this::settle, e -> false);
        marker = threads.newThread(this::markUntilStopped);
        marker.setName("holdfast-mark");
        marker.start();
    }

    /** Starts no more calls, and waits for those in flight to be settled. */
    void stop(Duration patience) {
        stopping = true;
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
        if (settlements != null) {
            settlements.close();
        }
    }

    private void markUntilStopped() {
        while (!stopping) {
            try {
                permits.acquire();
                FairQueues.Taken<QueuedMessage> first = lanes.sends().take();
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

    private List<FairQueues.Taken<QueuedMessage>> takeMore(FairQueues.Taken<QueuedMessage> first) {
        List<FairQueues.Taken<QueuedMessage>> batch = new ArrayList<>();
        batch.add(first);
        while (permits.tryAcquire()) {
            FairQueues.Taken<QueuedMessage> next = lanes.sends().poll();
            if (next == null) {
                permits.release();
                break;
            }
            batch.add(next);
        }
        return batch;
    }

    private void mark(List<FairQueues.Taken<QueuedMessage>> batch) throws InterruptedException {
        List<OutboxMarks.Start> starts = new ArrayList<>();
        for (FairQueues.Taken<QueuedMessage> taken : batch) {
            Completion.Owner owner = lanes.owner(taken.bot());
            if (owner != null) {
                starts.add(new OutboxMarks.Start(taken.item(), owner.epoch(), perhapsMarked.contains(key(taken))));
            }
        }
        if (!lanes.current()) {
            putBack(batch);
            return;
        }
        try {
            Set<OutboxMarks.Key> marked = starts.isEmpty() ? Set.of() : marks.markSending(nodes.self(), starts);
            List<QueuedMessage> moved = unsendable.close(nodes.self(), starts, marked);
            for (FairQueues.Taken<QueuedMessage> taken : batch) {
                perhapsMarked.remove(key(taken));
                if (marked.contains(key(taken))) {
                    calls.execute(() -> call(taken));
                } else {
                    finish(taken);
                }
            }
            lanes.send(moved);
        } catch (HoldfastException e) {
            batch.forEach(taken -> perhapsMarked.add(key(taken)));
            LOG.log(Level.WARNING, "{0} messages could not be marked and wait: {1}", batch.size(), e.getMessage());
            putBack(batch);
        }
    }

    private static OutboxMarks.Key key(FairQueues.Taken<QueuedMessage> taken) {
        return new OutboxMarks.Key(taken.bot(), taken.id());
    }

    private void putBack(List<FairQueues.Taken<QueuedMessage>> batch) throws InterruptedException {
        batch.forEach(taken -> {
            lanes.sends().putBack(taken);
            permits.release();
        });
        Thread.sleep(DATABASE_PAUSE);
    }

    private void call(FairQueues.Taken<QueuedMessage> taken) {
        QueuedMessage message = taken.item().sending();
        if (!nodes.leaseHolds()) {
            // Not a byte was sent. The next owner finds the row as SENDING and must take it for uncertain.
            finish(taken);
            return;
        }
        long before = System.nanoTime();
        SendOutcome outcome =
                channel.send(new OutboundCall(message.bot(), message.method(), message.payload(), message.attempts()));
        metrics.sent(message, outcome, Duration.ofNanos(System.nanoTime() - before));
        settle(taken, Settlement.of(message, outcome));
        if (outcome instanceof SendOutcome.SuspendBot suspend) {
            suspension.suspend(message.bot(), suspend.reason());
        }
    }

    /** Submits until the database has it: what is known here about a call is known nowhere else. */
    private void settle(FairQueues.Taken<QueuedMessage> taken, Settlement settlement) {
        GroupCommit<Settlement, Settlement> commits = settlements;
        if (commits == null) {
            return;
        }
        Settlement settled;
        while (true) {
            try {
                settled = commits.submit(settlement).join();
                break;
            } catch (CompletionException e) {
                if (stopping) {
                    return;
                }
                pause();
            }
        }
        if (settled.next() != null) {
            lanes.sends().hold(taken, settled.after());
            permits.release();
        } else {
            finish(taken);
        }
    }

    private List<Settlement> settle(List<Settlement> batch) {
        return marks.settle(batch);
    }

    private void finish(FairQueues.Taken<QueuedMessage> taken) {
        lanes.sends().done(taken);
        permits.release();
    }

    private static void pause() {
        try {
            Thread.sleep(DATABASE_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
