package io.holdfast.event;

import io.holdfast.kernel.Startup;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Prunes the event log every ten minutes. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class EventTimer {

    @Inject
    private Startup startup;

    @Inject
    private EventSweep sweep;

    @Schedule(second = "40", minute = "*/10", hour = "*", persistent = false)
    void prune() {
        if (startup.complete()) {
            sweep.prune();
        }
    }
}
