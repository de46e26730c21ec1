package io.holdfast.node;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** All nodes of the installation, this one among them, as they were when somebody looked last: once a second. Thread-safe. */
@ApplicationScoped
public class Neighbours {

    @Inject
    private NodeStore store;

    private volatile List<Neighbour> seen = List.of();

    /** Reads the small table of nodes: one statement. In the order of their names. */
    public List<Neighbour> look() {
        List<Neighbour> now = store.all();
        seen = now;
        return now;
    }

    /** What the last look showed. */
    public List<Neighbour> seen() {
        return seen;
    }
}
