package io.holdfast.health;

import io.holdfast.database.Migrations;
import io.holdfast.kernel.Startup;
import io.holdfast.telegram.TelegramReach;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Up while this server can take work: started, not stopping, database there. Telegram is told as it was last seen and never
 * makes it DOWN: updates are accepted and answered later.
 */
@Readiness
@ApplicationScoped
public class ReadyCheck implements HealthCheck {

    @Inject
    private Startup startup;

    @Inject
    private Migrations migrations;

    @Inject
    private DatabaseProbe database;

    @Inject
    private TelegramReach telegram;

    @Override
    public HealthCheckResponse call() {
        boolean reachable = database.reachable();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("work")
                .withData("step", startup.current())
                .withData("stopping", startup.stopping())
                .withData("migrated", migrations.done())
                .withData("database", reachable ? "reachable" : "away")
                .withData("telegram", telegram.condition().name().toLowerCase(Locale.ROOT))
                .status(startup.complete() && migrations.done() && reachable);
        telegram.answeredAt().ifPresent(at -> answer.withData("telegramAnsweredAt", at.toString()));
        telegram.failedAt().ifPresent(at -> answer.withData("telegramFailedAt", at.toString()));
        return answer.build();
    }
}
