package io.holdfast.simulator;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The connections of one bot's webhook, one thread each; all but {@link #problem} is guarded by the queue's lock. */
final class WebhookWorkers {

    /** The last failure, as getWebhookInfo tells it. */
    record Problem(int date, String message) {}

    private final SimBot bot;
    private final UpdateQueue queue;
    private final World world;
    private final Condition work;
    private final AtomicReference<@Nullable Problem> problem = new AtomicReference<>();
    private @Nullable ConnectionBudget budget;
    private int open;
    private int idle;
    private boolean growthPlanned;
    private volatile long goneSince;

    WebhookWorkers(SimBot bot, UpdateQueue queue, World world) {
        this.bot = bot;
        this.queue = queue;
        this.world = world;
        this.work = queue.lock().newCondition();
    }

    void restart(@Nullable WebhookSettings settings) {
        budget = settings == null ? null : new ConnectionBudget(world.clock(), settings.maxConnections());
        open = 0;
        goneSince = 0;
        problem.set(null);
        work.signalAll();
    }

    void wake(WebhookSettings settings, int readyLanes) {
        for (int i = Math.min(idle, readyLanes); i > 0; i--) {
            work.signal();
        }
        if (readyLanes > idle) {
            grow(settings);
        }
    }

    private void grow(WebhookSettings settings) {
        ConnectionBudget current = budget;
        if (current == null || growthPlanned) {
            return;
        }
        long wait = current.take(open, world.clock().nanos());
        if (wait == 0) {
            open++;
            world.threads().start("simulator-webhook", new WebhookWorker(bot, queue, world, settings));
        } else if (wait != ConnectionBudget.NEVER) {
            growthPlanned = true;
            world.clock().after(wait, () -> growLater(settings));
        }
    }

    private void growLater(WebhookSettings settings) {
        queue.lock().lock();
        try {
            growthPlanned = false;
            queue.wakeWorkers(settings);
        } finally {
            queue.lock().unlock();
        }
    }

    Lanes.@Nullable Lane awaitLane(Lanes lanes, long idleNanos, BooleanSupplier current) throws InterruptedException {
        long left = idleNanos;
        while (!lanes.hasReady() && left > 0 && current.getAsBoolean()) {
            idle++;
            try {
                left = work.awaitNanos(left);
            } finally {
                idle--;
            }
        }
        return current.getAsBoolean() ? lanes.takeReady() : null;
    }

    void closed(WebhookSettings settings) {
        queue.lock().lock();
        try {
            WebhookSettings now = queue.webhook();
            open -= now == settings ? 1 : 0;
            // A wake-up may have been spent on a worker that was about to end.
            if (now != null) {
                queue.wakeWorkers(now);
            }
        } finally {
            queue.lock().unlock();
        }
    }

    void succeeded() {
        ConnectionBudget current = budget;
        goneSince = 0;
        if (current != null) {
            current.success(world.clock().nanos());
        }
    }

    /** Whether the webhook has answered 410, and never a success, for so long. */
    boolean goneFor(long nanos) {
        long now = world.clock().nanos();
        if (goneSince == 0) {
            goneSince = now;
        }
        return now - goneSince >= nanos;
    }

    void failed(String message) {
        problem.set(new Problem(world.clock().epochSeconds(), message));
    }

    @Nullable
    Problem problem() {
        return problem.get();
    }
}
