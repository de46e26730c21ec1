package io.holdfast.inbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How much may wait for a commit, and how often a failing update is tried. */
@Dependent
class InboxConfig {

    /** Most updates of one commit. */
    @Inject
    @ConfigProperty(name = "holdfast.inbox.flush-rows", defaultValue = "500")
    int flushRows;

    /** Most updates that may wait for a commit; beyond, Telegram is asked to come again. */
    @Inject
    @ConfigProperty(name = "holdfast.inbox.waiting", defaultValue = "4000")
    int waiting;

    /** Once the oldest waiting update is older, Telegram is asked to come again. */
    @Inject
    @ConfigProperty(name = "holdfast.inbox.waiting-age", defaultValue = "PT2S")
    Duration waitingAge;

    /** How long an update waits for others to share its commit where they come several at once. */
    @Inject
    @ConfigProperty(name = "holdfast.inbox.gather", defaultValue = "PT0.005S")
    Duration gather;

    /** Turns of one update before it is parked. */
    @Inject
    @ConfigProperty(name = "holdfast.inbox.attempts", defaultValue = "8")
    int attempts;

    /** Starts of one update that may end with the process before it is parked. */
    @Inject
    @ConfigProperty(name = "holdfast.inbox.marks", defaultValue = "3")
    int marks;

    /** How long a finished update is kept: as long as its channel may deliver it again. */
    @Inject
    @ConfigProperty(name = "holdfast.inbox.retention", defaultValue = "PT72H")
    Duration retention;
}
