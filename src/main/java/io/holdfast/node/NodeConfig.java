package io.holdfast.node;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Who this node is, and how long the others believe that it lives. */
@Dependent
class NodeConfig {

    @Inject
    @ConfigProperty(name = "holdfast.node.id", defaultValue = "node")
    String id;

    @Inject
    @ConfigProperty(name = "holdfast.node.url", defaultValue = "http://127.0.0.1:9081")
    String url;

    /** The port of this server that its neighbours call; the server's own configuration reads the same variable. */
    @Inject
    @ConfigProperty(name = "holdfast.internal.port", defaultValue = "9081")
    int internalPort;

    @Inject
    @ConfigProperty(name = "holdfast.node.lease", defaultValue = "PT15S")
    Duration lease;

    /** How long a node that is gone stays in the list of nodes. */
    @Inject
    @ConfigProperty(name = "holdfast.node.retention", defaultValue = "P30D")
    Duration retention;
}
