package io.holdfast.health;

import io.holdfast.database.Migrations;
import io.holdfast.kernel.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Up while this server can take work: started, not stopping, database there. Telegram being away does not matter here. */
@Readiness
@ApplicationScoped
public class ReadyCheck implements HealthCheck {

    @Inject
    private Startup startup;

    @Inject
    private Migrations migrations;

    @Inject
    private DatabaseProbe database;

    @Override
    public HealthCheckResponse call() {
        boolean reachable = database.reachable();
        return HealthCheckResponse.named("work")
                .withData("step", startup.current())
                .withData("stopping", startup.stopping())
                .withData("migrated", migrations.done())
                .withData("database", reachable ? "reachable" : "away")
                .status(startup.complete() && migrations.done() && reachable)
                .build();
    }
}
