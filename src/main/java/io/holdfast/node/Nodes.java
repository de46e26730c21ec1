package io.holdfast.node;

import io.holdfast.kernel.ConfigurationException;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.Mishap;
import io.holdfast.kernel.StartStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * This node's membership: joins at start, renews its lease, leaves at stop.
 *
 * <p>The lease is over by this process' own monotonic clock before it is over for the others, because the clock is read before the
 * renewing statement is sent. Thread-safe.
 */
@ApplicationScoped
public class Nodes implements StartStep {
    private static final Logger LOG = System.getLogger(Nodes.class.getName());
    /** A lease must outlive a call in flight, or a node would send for a bot that another one has taken. */
    private static final Duration SHORTEST_LEASE = Duration.ofSeconds(15);

    @Inject
    private NodeConfig config;

    @Inject
    private NodeStore store;

    private final UUID incarnation = UUID.randomUUID();
    private volatile long leaseUntilNanos = System.nanoTime();
    private volatile boolean joined;
    private final AtomicInteger lapses = new AtomicInteger();
    private volatile boolean uncleanBefore;
    private volatile boolean takesBots;

    @Override
    public Phase phase() {
        return Phase.NODE;
    }

    @Override
    public void start() {
        if (config.lease.compareTo(SHORTEST_LEASE) < 0) {
            throw new ConfigurationException(
                    "holdfast.node.lease is %s: it must be at least the call deadline and 5 s more (%s)."
                            .formatted(config.lease, SHORTEST_LEASE));
        }
        long before = System.nanoTime();
        uncleanBefore = store.join(config.id, incarnation, config.url, config.lease);
        CrashPoint.hit("after-join");
        leaseUntilNanos = before + config.lease.toNanos();
        joined = true;
    }

    @Override
    public void stop() {
        if (joined) {
            joined = false;
            store.leave(config.id, incarnation);
        }
    }

    /** Says whether others may give this node bots: not while it starts or stops. What cannot be said now the next renewal says. */
    public void takeBots(boolean takes) {
        takesBots = takes;
        renew();
    }

    /** True while this node takes bots that others leave or give. */
    public boolean takesBots() {
        return takesBots && leaseHolds();
    }

    /** This node's name, unique in the installation. */
    public String self() {
        return config.id;
    }

    /** True when the process that last ran under this name did not stop in order: its open work is suspect. */
    public boolean uncleanBefore() {
        return uncleanBefore;
    }

    /** True while no other node may take this one's bots. */
    public boolean leaseHolds() {
        return joined && System.nanoTime() - leaseUntilNanos < 0;
    }

    /**
     * How often the lease ran out and was renewed. After each time other nodes may hold what this one held: what is in
     * memory counts no more.
     */
    public int lapses() {
        return lapses.get();
    }

    /** The timer's renewal. */
    void beat() {
        Mishap.TIMER.perhaps();
        renew();
    }

    /** Renews the lease; another process under the same name ends this one's membership for good. */
    private synchronized void renew() {
        if (!joined) {
            return;
        }
        long before = System.nanoTime();
        try {
            if (store.renew(config.id, incarnation, config.lease, takesBots)) {
                if (!leaseHolds()) {
                    lapses.incrementAndGet();
                    LOG.log(Level.WARNING, "The lease of node {0} had run out: its bots are read anew.", config.id);
                }
                leaseUntilNanos = before + config.lease.toNanos();
                return;
            }
        } catch (HoldfastException e) {
            LOG.log(
                    Level.WARNING,
                    "The lease of node {0} could not be renewed and is tried again: {1}",
                    config.id,
                    e.getMessage());
            return;
        }
        joined = false;
        LOG.log(
                Level.ERROR,
                "Another process runs as node {0}: this one takes no more work. Give each node its own HOLDFAST_NODE_ID.",
                config.id);
    }
}
