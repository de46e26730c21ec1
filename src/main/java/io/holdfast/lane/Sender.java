package io.holdfast.lane;

import io.holdfast.inbox.Completion;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.node.Nodes;
import io.holdfast.outbox.OutboxMarks;
import io.holdfast.outbox.QueuedMessage;
import io.holdfast.outbox.Unsendable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sends what the turns have written: marks (T3) what may start now, and hands it to {@link Calls}.
 *
 * <p>Only calls that start at once are marked, and at most {@code holdfast.lane.calls} are out: that is how many messages a crash of
 * this node can duplicate. Marks of all bots share commits.
 */
@ApplicationScoped
class Sender {
    private static final Logger LOG = System.getLogger(Sender.class.getName());
    private static final Duration DATABASE_PAUSE = Duration.ofMillis(500);

    @Inject
    private Lanes lanes;

    @Inject
    private Nodes nodes;

    @Inject
    private OutboxMarks marks;

    @Inject
    private Unsendable unsendable;

    @Inject
    private Calls calls;

    @Inject
    private Supervisor supervisor;

    /** Marks whose commit may have gone through without an answer: not a byte of their calls was sent. */
    private final Set<OutboxMarks.Key> perhapsMarked = ConcurrentHashMap.newKeySet();

    private @Nullable Thread marker;
    private volatile boolean stopping;

    void start() {
        calls.start();
        marker = supervisor.start("mark", this::markUntilStopped);
    }

    /** Starts no more calls, and waits for those in flight to be settled. */
    void stop(Duration patience) {
        stopping = true;
        lanes.sends().close();
        long until = System.nanoTime() + patience.toNanos();
        try {
            if (marker != null) {
                marker.join(patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        calls.stop(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
    }

    private void markUntilStopped() {
        while (!stopping) {
            try {
                calls.begin();
                SendQueues.Taken first = null;
                try {
                    first = lanes.sends().take();
                } finally {
                    if (first == null) {
                        calls.end();
                    }
                }
                if (first == null) {
                    return;
                }
                mark(takeMore(first));
            } catch (InterruptedException e) {
                LOG.log(Level.DEBUG, "An interrupt was ignored: only a closed queue ends this thread.");
            }
        }
    }

    private List<SendQueues.Taken> takeMore(SendQueues.Taken first) {
        List<SendQueues.Taken> batch = new ArrayList<>();
        batch.add(first);
        while (calls.tryBegin()) {
            SendQueues.Taken next = lanes.sends().poll();
            if (next == null) {
                calls.end();
                break;
            }
            batch.add(next);
        }
        return batch;
    }

    private void mark(List<SendQueues.Taken> batch) throws InterruptedException {
        if (!lanes.current()) {
            putBack(batch);
            return;
        }
        Set<OutboxMarks.Key> marked;
        List<OutboxMarks.Start> starts;
        List<QueuedMessage> moved;
        try {
            CrashPoint.hit("before-t3");
            starts = starts(batch);
            marked = starts.isEmpty() ? Set.of() : marks.markSending(nodes.self(), starts);
            CrashPoint.hit("after-t3-commit");
            moved = unsendable.close(nodes.self(), starts, marked);
        } catch (HoldfastException e) {
            LOG.log(Level.WARNING, "{0} messages could not be marked and wait: {1}", batch.size(), e.getMessage());
            putBackInDoubt(batch);
            return;
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "The marker met a failure that it should not have met", e);
            putBackInDoubt(batch);
            return;
        }
        hand(batch, starts, marked);
        lanes.send(moved);
    }

    private void hand(List<SendQueues.Taken> batch, List<OutboxMarks.Start> starts, Set<OutboxMarks.Key> marked) {
        Map<OutboxMarks.Key, Long> epochs = new HashMap<>();
        starts.forEach(start -> epochs.put(start.key(), start.epoch()));
        for (SendQueues.Taken taken : batch) {
            perhapsMarked.remove(key(taken));
            Long epoch = epochs.get(key(taken));
            if (epoch != null && marked.contains(key(taken))) {
                calls.call(taken, epoch);
            } else {
                calls.finish(taken);
            }
        }
    }

    private void putBackInDoubt(List<SendQueues.Taken> batch) throws InterruptedException {
        batch.forEach(taken -> perhapsMarked.add(key(taken)));
        putBack(batch);
    }

    private List<OutboxMarks.Start> starts(List<SendQueues.Taken> batch) {
        List<OutboxMarks.Start> starts = new ArrayList<>();
        for (SendQueues.Taken taken : batch) {
            Completion.Owner owner = lanes.owner(taken.bot());
            if (owner != null) {
                starts.add(new OutboxMarks.Start(taken.message(), owner.epoch(), perhapsMarked.contains(key(taken))));
            }
        }
        return starts;
    }

    private static OutboxMarks.Key key(SendQueues.Taken taken) {
        return new OutboxMarks.Key(taken.bot(), taken.id());
    }

    private void putBack(List<SendQueues.Taken> batch) throws InterruptedException {
        batch.forEach(taken -> {
            lanes.sends().putBack(taken);
            calls.end();
        });
        Thread.sleep(DATABASE_PAUSE);
    }
}
