package io.holdfast.health;

import io.holdfast.database.Migrations;
import io.holdfast.kernel.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Up once every start step has run; says which one it is at until then. */
@org.eclipse.microprofile.health.Startup
@ApplicationScoped
public class StartedCheck implements HealthCheck {

    @Inject
    private Startup startup;

    @Inject
    private Migrations migrations;

    private volatile boolean seen;

    @Override
    public HealthCheckResponse call() {
        // A server that stops has nevertheless started.
        seen = seen || startup.complete();
        return HealthCheckResponse.named("start")
                .withData("step", startup.current())
                .withData("migrated", migrations.done())
                .status(seen)
                .build();
    }
}
