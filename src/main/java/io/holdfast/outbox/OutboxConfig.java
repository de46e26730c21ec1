package io.holdfast.outbox;

import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How long finished messages are kept. */
@Dependent
class OutboxConfig {

    @Inject
    @ConfigProperty(name = "holdfast.outbox.retention", defaultValue = "PT72H")
    Duration retention;
}
