package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The updates of one bot, in order of their making. A poller reads them from the front; for a webhook at most twice
 * max_connections of them are loaded into lanes, so that many failing chats stop the whole bot, as they do at Telegram.
 */
final class UpdateQueue {

    private final World world;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Backlog backlog = new Backlog();
    private final AllowedUpdates allowed = new AllowedUpdates();
    private final Lanes lanes = new Lanes();
    private final WebhookWorkers workers;
    private long nextId = ThreadLocalRandom.current().nextLong(100_000_000, 1_000_000_000);
    private long rawId = -1;
    private long pollers;
    private String pollEnd = "";
    private @Nullable WebhookSettings webhook;

    UpdateQueue(SimBot bot, World world) {
        this.world = world;
        this.workers = new WebhookWorkers(bot, this, world);
    }

    /** Returns the update_id, 0 when the bot did not ask for this type. */
    long add(String type, PendingUpdate.LaneKey lane, long chatId, int ttlSeconds, String json) {
        if (!allowed.contains(type)) {
            return 0;
        }
        byte[] rest = (",\"" + type + "\":" + json + "}").getBytes(UTF_8);
        long expiresAt = world.clock().nanos() + world.clock().nanosFor(ttlSeconds);
        lock.lock();
        try {
            long id = nextId++;
            byte[] head = ("{\"update_id\":" + id).getBytes(ISO_8859_1);
            byte[] body = new byte[head.length + rest.length];
            System.arraycopy(head, 0, body, 0, head.length);
            System.arraycopy(rest, 0, body, head.length, rest.length);
            enqueue(new PendingUpdate(id, lane.id() == 0 ? own(id) : lane, chatId, body, expiresAt));
            return id;
        } finally {
            lock.unlock();
        }
    }

    /** Delivers bytes as they are; without an update_id of their own they are known by a negative number. */
    long addRaw(long updateId, PendingUpdate.@Nullable LaneKey lane, long chatId, byte[] body) {
        lock.lock();
        try {
            long id = updateId == 0 ? rawId-- : updateId;
            long expiresAt = world.clock().nanos() + world.clock().nanosFor(Updates.DAY);
            enqueue(new PendingUpdate(id, lane == null ? own(id) : lane, chatId, body, expiresAt));
            return id;
        } finally {
            lock.unlock();
        }
    }

    private static PendingUpdate.LaneKey own(long id) {
        return new PendingUpdate.LaneKey('o', id);
    }

    private void enqueue(PendingUpdate update) {
        backlog.add(update);
        load();
        if (pollers > 0 && webhook == null) {
            changed.signalAll();
        }
    }

    private void load() {
        WebhookSettings settings = webhook;
        if (settings == null) {
            return;
        }
        while (lanes.loaded() < 2 * settings.maxConnections()) {
            PendingUpdate update = backlog.next();
            if (update == null) {
                break;
            }
            lanes.load(update);
        }
        wakeWorkers(settings);
    }

    /** Called with the lock held. */
    void wakeWorkers(WebhookSettings settings) {
        if (webhook == settings && lanes.hasReady()) {
            workers.wake(settings, lanes.readyCount());
        }
    }

    /** Waits for a lane to deliver from; null ends the worker. */
    Lanes.@Nullable Lane take(WebhookSettings settings, long idleNanos) throws InterruptedException {
        lock.lock();
        try {
            return webhook == settings ? workers.awaitLane(lanes, idleNanos, () -> webhook == settings) : null;
        } finally {
            lock.unlock();
        }
    }

    ReentrantLock lock() {
        return lock;
    }

    void acknowledged(Lanes.Lane lane, PendingUpdate update) {
        lock.lock();
        try {
            workers.succeeded();
            finish(lane, update);
        } finally {
            lock.unlock();
        }
    }

    void expired(Lanes.Lane lane, PendingUpdate update) {
        lock.lock();
        try {
            finish(lane, update);
        } finally {
            lock.unlock();
        }
    }

    private void finish(Lanes.Lane lane, PendingUpdate update) {
        if (lanes.holds(lane)) {
            lanes.finish(lane);
            load();
        } else {
            // The webhook changed while the update was in flight: it went back, and is not needed there any more.
            backlog.forget(update);
        }
    }

    void failed(Lanes.Lane lane, long delayNanos) {
        world.clock().after(delayNanos, () -> {
            lock.lock();
            try {
                if (lanes.holds(lane)) {
                    lanes.retry(lane);
                    load();
                }
            } finally {
                lock.unlock();
            }
        });
    }

    void setWebhook(@Nullable WebhookSettings settings, boolean dropPending) {
        lock.lock();
        try {
            backlog.putBack(lanes.unload());
            if (dropPending) {
                backlog.clear();
            }
            webhook = settings;
            workers.restart(settings);
            if (settings != null) {
                pollers++;
                pollEnd = "terminated by setWebhook request";
            }
            changed.signalAll();
            load();
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    WebhookSettings webhook() {
        lock.lock();
        try {
            return webhook;
        } finally {
            lock.unlock();
        }
    }

    AllowedUpdates allowed() {
        return allowed;
    }

    /** A new call ends the one that waits; an offset confirms what is below it. */
    List<PendingUpdate> poll(long offset, int limit, long timeoutNanos) throws ApiException, InterruptedException {
        lock.lock();
        try {
            requireNoWebhook();
            long me = ++pollers;
            pollEnd = "terminated by other getUpdates request; make sure that only one bot instance is running";
            changed.signalAll();
            backlog.confirm(offset, nextId);
            long left = timeoutNanos;
            backlog.dropExpired(world.clock().nanos());
            while (backlog.size() == 0 && left > 0 && pollers == me) {
                left = changed.awaitNanos(left);
            }
            if (pollers != me) {
                throw ApiException.conflict(pollEnd);
            }
            return backlog.first(limit);
        } finally {
            lock.unlock();
        }
    }

    private void requireNoWebhook() throws ApiException {
        if (webhook != null) {
            throw ApiException.conflict("can't use getUpdates method while webhook is active; "
                    + "use deleteWebhook to delete the webhook first");
        }
    }

    /** As after an idle week: the next update gets a random id, which may be below the last one. */
    long restartIds() {
        lock.lock();
        try {
            nextId = ThreadLocalRandom.current().nextLong(1, 1_000_000_000);
            return nextId;
        } finally {
            lock.unlock();
        }
    }

    long nextId() {
        lock.lock();
        try {
            return nextId;
        } finally {
            lock.unlock();
        }
    }

    /** Goes on where an earlier simulator's queue stood. */
    void restore(long next, Set<String> types, @Nullable WebhookSettings settings) {
        lock.lock();
        try {
            nextId = next;
            allowed.set(types);
        } finally {
            lock.unlock();
        }
        if (settings != null) {
            setWebhook(settings, false);
        }
    }

    int pendingCount() {
        lock.lock();
        try {
            return backlog.size() + lanes.loaded();
        } finally {
            lock.unlock();
        }
    }

    WebhookWorkers workers() {
        return workers;
    }
}
