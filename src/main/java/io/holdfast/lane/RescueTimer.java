package io.holdfast.lane;

import io.holdfast.kernel.Startup;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Rescues work that was forgotten twice a minute. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class RescueTimer {

    @Inject
    private Startup startup;

    @Inject
    private Rescue sweep;

    @Schedule(second = "5/30", minute = "*", hour = "*", persistent = false)
    void run() {
        if (startup.complete()) {
            sweep.run();
        }
    }
}
