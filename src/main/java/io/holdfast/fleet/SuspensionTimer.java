package io.holdfast.fleet;

import io.holdfast.kernel.Startup;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Looks every five seconds for suspended bots whose token is to be tried. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class SuspensionTimer {

    @Inject
    private Startup startup;

    @Inject
    private Suspension suspension;

    @Schedule(second = "*/5", minute = "*", hour = "*", persistent = false)
    void check() {
        if (startup.complete()) {
            suspension.check();
        }
    }
}
