package io.holdfast.node;

import io.holdfast.database.EngineDatabase;
import io.holdfast.event.OneNode;
import io.holdfast.kernel.HoldfastException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives each job of the installation to one node at a time, for 30 seconds by the database's clock, by compare-and-set.
 *
 * <p>A node that comes again keeps the job; whoever else comes after those 30 seconds gets it. A run that takes longer is renewed while
 * it lasts. A node that stands still in a run may meet the next one when it goes on: jobs must bear that.
 */
@ApplicationScoped
class JobLeases implements OneNode {
    private static final Logger LOG = System.getLogger(JobLeases.class.getName());
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration ENOUGH = LEASE.dividedBy(2);

    @Inject
    private EngineDatabase database;

    @Inject
    private Nodes nodes;

    /** By this process' clock. */
    private final Map<String, Long> heldUntil = new ConcurrentHashMap<>();

    private final Set<String> running = ConcurrentHashMap.newKeySet();

    @Override
    public boolean run(String job, Runnable work) {
        if (!nodes.leaseHolds() || !(heldForLong(job) || taken(job))) {
            return false;
        }
        running.add(job);
        try {
            work.run();
            return true;
        } finally {
            running.remove(job);
        }
    }

    /** Renews what is at work here and would be over soon. */
    void renewRunning() {
        for (String job : List.copyOf(running)) {
            if (!heldForLong(job) && !taken(job)) {
                LOG.log(Level.WARNING, "The job {0} goes on here though its lease could not be renewed.", job);
            }
        }
    }

    private boolean heldForLong(String job) {
        Long until = heldUntil.get(job);
        return until != null && until - System.nanoTime() > ENOUGH.toNanos();
    }

    private boolean taken(String job) {
        long before = System.nanoTime();
        try {
            if (take(job, nodes.self())) {
                heldUntil.put(job, before + LEASE.toNanos());
                return true;
            }
        } catch (HoldfastException e) {
            LOG.log(Level.WARNING, "Nobody knows whose the job {0} is, it waits: {1}", job, e.getMessage());
        }
        return false;
    }

    /** The first condition keeps a node that comes in vain from locking the row, the second decides. */
    boolean take(String job, String node) {
        String sql = """
                insert into job_lease as l (job, node_id, lease_until)
                select j.job, j.node_id, clock_timestamp() + ? * interval '1 millisecond' from (values (?, ?)) as j (job, node_id)
                where not exists (select 1 from job_lease h
                                  where h.job = j.job and h.node_id <> j.node_id and h.lease_until > clock_timestamp())
                on conflict (job) do update set node_id = excluded.node_id, lease_until = excluded.lease_until
                where l.node_id = excluded.node_id or l.lease_until <= clock_timestamp()
                """;
        return database.run(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setLong(1, LEASE.toMillis());
                insert.setString(2, job);
                insert.setString(3, node);
                return insert.executeUpdate() == 1;
            }
        });
    }
}
