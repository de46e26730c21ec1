package io.holdfast.node;

import io.holdfast.event.Sweeps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Removes changes that every node has seen, or will not look for any more. */
@ApplicationScoped
class ChangeSweep {
    static final Duration KEPT = ChangeWindow.LONGEST_ABSENCE.multipliedBy(2);

    @Inject
    private Sweeps sweeps;

    @Inject
    private ChangeReader changes;

    void prune() {
        sweeps.runOnOneNode("prune-change", tally -> tally.add("removed", changes.removeOlderThan(KEPT)));
    }
}
