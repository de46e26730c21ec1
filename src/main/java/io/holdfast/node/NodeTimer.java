package io.holdfast.node;

import io.holdfast.kernel.Startup;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Renews the node's lease every three seconds, and prunes the list of nodes every ten minutes. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class NodeTimer {

    @Inject
    private Startup startup;

    @Inject
    private Nodes nodes;

    @Inject
    private NodeSweep sweep;

    @Schedule(second = "*/3", minute = "*", hour = "*", persistent = false)
    void renew() {
        nodes.renew();
    }

    @Schedule(second = "0", minute = "*/10", hour = "*", persistent = false)
    void prune() {
        if (startup.complete()) {
            sweep.prune();
        }
    }
}
