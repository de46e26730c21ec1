package io.holdfast.event;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Removes events that were kept long enough. */
@ApplicationScoped
class EventSweep {
    private static final Retention.Table EVENTS =
            new Retention.Table("event", "event_id", "occurred_at", "occurred_at", "false");

    @Inject
    private Sweeps sweeps;

    @Inject
    private Retention retention;

    @Inject
    private EventConfig config;

    void prune() {
        sweeps.runOnOneNode("prune-event", tally -> retention.prune(EVENTS, config.retention, tally));
    }
}
