package io.holdfast.guard;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How long a handler may take. */
@Dependent
class GuardConfig {

    /** For handlers inside the turn's transaction. */
    @Inject
    @ConfigProperty(name = "holdfast.guard.limit", defaultValue = "PT10S")
    Duration limit;

    /** For handlers of slow commands, which hold no transaction. */
    @Inject
    @ConfigProperty(name = "holdfast.guard.slow-limit", defaultValue = "PT60S")
    Duration slowLimit;
}
