package io.holdfast.lane;

import io.holdfast.kernel.Startup;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Drives the reader of due work and the upkeep of what waits once a second, evening out every five, and the floors every ten. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class LaneTimer {

    @Inject
    private Startup startup;

    @Inject
    private DueSignal due;

    @Inject
    private Floors floors;

    @Inject
    private Upkeep upkeep;

    @Inject
    private EvenOut evenOut;

    @Schedule(second = "*", minute = "*", hour = "*", persistent = false)
    void readDueWork() {
        if (startup.complete()) {
            due.wake();
        }
    }

    @Schedule(second = "*", minute = "*", hour = "*", persistent = false)
    void closeWhatWaitsInVain() {
        if (startup.complete()) {
            upkeep.closeOrLeave();
        }
    }

    @Schedule(second = "*/5", minute = "*", hour = "*", persistent = false)
    void evenOut() {
        if (startup.complete()) {
            evenOut.run();
        }
    }

    @Schedule(second = "*/10", minute = "*", hour = "*", persistent = false)
    void moveFloors() {
        if (startup.complete()) {
            floors.moveOrLeave();
        }
    }
}
