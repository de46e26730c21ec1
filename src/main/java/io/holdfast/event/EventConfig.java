package io.holdfast.event;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How long the event log is kept. */
@Dependent
class EventConfig {

    @Inject
    @ConfigProperty(name = "holdfast.event.retention", defaultValue = "P30D")
    Duration retention;
}
