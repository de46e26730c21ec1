package io.holdfast.node;

import io.holdfast.kernel.Startup;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Renews the leases of the node and of its jobs every three seconds, and prunes nodes and changes every ten minutes. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class NodeTimer {

    @Inject
    private Startup startup;

    @Inject
    private Nodes nodes;

    @Inject
    private NodeSweep sweep;

    @Inject
    private JobLeases jobs;

    @Inject
    private ChangeSweep changes;

    @Schedule(second = "*/3", minute = "*", hour = "*", persistent = false)
    void renew() {
        nodes.beat();
    }

    @Schedule(second = "*/3", minute = "*", hour = "*", persistent = false)
    void renewJobs() {
        jobs.renewRunning();
    }

    @Schedule(second = "0", minute = "*/10", hour = "*", persistent = false)
    void prune() {
        if (startup.complete()) {
            sweep.prune();
        }
    }

    @Schedule(second = "35", minute = "*/10", hour = "*", persistent = false)
    void pruneChanges() {
        if (startup.complete()) {
            changes.prune();
        }
    }
}
