package io.holdfast.deadletter;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How long dead letters are kept, and how fast many are replayed. */
@Dependent
class DeadLetterConfig {

    /** How long a dead letter is kept after it was closed, or parked when nobody closed it. */
    @Inject
    @ConfigProperty(name = "holdfast.deadletter.retention", defaultValue = "P30D")
    Duration retention;

    /** Dead letters that jobs of the installation replay in a second. */
    @Inject
    @ConfigProperty(name = "holdfast.deadletter.replays-per-second", defaultValue = "5")
    int replaysPerSecond;
}
