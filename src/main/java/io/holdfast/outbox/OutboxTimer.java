package io.holdfast.outbox;

import io.holdfast.kernel.Startup;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Expires messages once a minute and prunes them every ten. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class OutboxTimer {

    @Inject
    private Startup startup;

    @Inject
    private OutboxSweep sweep;

    @Schedule(second = "50", minute = "*", hour = "*", persistent = false)
    void expire() {
        if (startup.complete()) {
            sweep.expire();
        }
    }

    @Schedule(second = "20", minute = "*/10", hour = "*", persistent = false)
    void prune() {
        if (startup.complete()) {
            sweep.prune();
        }
    }
}
