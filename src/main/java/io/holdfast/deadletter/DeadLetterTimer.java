package io.holdfast.deadletter;

import io.holdfast.kernel.Startup;
import jakarta.ejb.Schedule;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** Works on jobs once a second, tells and counts every ten, prunes every hour. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class DeadLetterTimer {

    @Inject
    private Startup startup;

    @Inject
    private DeadLetterJobWorker jobs;

    @Inject
    private DeadLetterAlerts alerts;

    @Inject
    private DeadLetterMetrics metrics;

    @Inject
    private DeadLetterPrune prune;

    @Schedule(second = "*", minute = "*", hour = "*", persistent = false)
    void workOnJobs() {
        if (startup.complete()) {
            jobs.workOrLeave();
        }
    }

    @Schedule(second = "5/10", minute = "*", hour = "*", persistent = false)
    void tell() {
        if (startup.complete()) {
            alerts.tellOrLeave();
        }
    }

    @Schedule(second = "8/10", minute = "*", hour = "*", persistent = false)
    void count() {
        if (startup.complete()) {
            metrics.refresh();
        }
    }

    @Schedule(minute = "7", hour = "*", persistent = false)
    void prune() {
        if (startup.complete()) {
            prune.pruneOrLeave();
        }
    }
}
