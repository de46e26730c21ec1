package io.holdfast.node;

import io.holdfast.event.Retention;
import io.holdfast.event.Sweeps;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Removes nodes that have been gone for long and hold no bot. */
@ApplicationScoped
class NodeSweep {

    @Inject
    private Sweeps sweeps;

    @Inject
    private NodeStore store;

    @Inject
    private Retention retention;

    @Inject
    private NodeConfig config;

    void prune() {
        sweeps.runOnOneNode("prune-node", this::prune);
    }

    private void prune(Sweeps.Tally tally) {
        long begun = System.nanoTime();
        int removed = store.removeGone(config.retention);
        if (removed > 0) {
            tally.add("removed", removed);
            retention.tell("node", removed, config.retention, begun);
        }
    }
}
