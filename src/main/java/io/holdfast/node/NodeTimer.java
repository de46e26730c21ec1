package io.holdfast.node;

import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Renews the node's lease every three seconds. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class NodeTimer {

    @Inject
    private Nodes nodes;

    @Schedule(second = "*/3", minute = "*", hour = "*", persistent = false)
    void renew() {
        nodes.renew();
    }
}
