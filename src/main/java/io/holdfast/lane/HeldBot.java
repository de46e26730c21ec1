package io.holdfast.lane;

import io.holdfast.inbox.AcceptedUpdate;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** One bot's lease, and what of it is in the database alone. */
final class HeldBot {
    final long epoch;
    /** Renewed when the bot is changed. */
    volatile BotProfile profile;
    /** Whether its updates are fetched from here. */
    final boolean polled;
    /** As it was when the bot was taken: what is open at or below it has a due row. */
    final long inboxFloor;

    final Backlog backlog = new Backlog();
    /** Updates that came in while older ones of the bot were due: they come after these, by their ids. */
    final ConcurrentSkipListMap<Long, AcceptedUpdate> late = new ConcurrentSkipListMap<>();
    /** Updates whose turn may have ended a process: it runs after a committed mark. */
    final Set<Long> suspects = ConcurrentHashMap.newKeySet();

    /** True once its turns may run; only then it may be handed over. */
    volatile boolean started;

    HeldBot(LeaseStore.Lease lease) {
        this.epoch = lease.epoch();
        this.profile = lease.profile();
        this.polled = lease.polled();
        this.inboxFloor = lease.inboxFloor();
    }

    /** The lowest update that is not in the queues: kept in the database for want of memory, or late; else {@link Backlog#NOTHING}. */
    long lowestOutside() {
        Map.Entry<Long, AcceptedUpdate> first = late.firstEntry();
        return first == null ? backlog.from() : Math.min(first.getKey(), backlog.from());
    }
}
