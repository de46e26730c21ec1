package io.holdfast.inbox;

import io.holdfast.kernel.Startup;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Expires updates once a minute and prunes them every ten. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class InboxTimer {

    @Inject
    private Startup startup;

    @Inject
    private InboxSweep sweep;

    @Schedule(second = "20", minute = "*", hour = "*", persistent = false)
    void expire() {
        if (startup.complete()) {
            sweep.expire();
        }
    }

    @Schedule(second = "10", minute = "*/10", hour = "*", persistent = false)
    void prune() {
        if (startup.complete()) {
            sweep.prune();
        }
    }
}
