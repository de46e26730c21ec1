package io.holdfast.database;

import io.holdfast.kernel.StartStep;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import org.flywaydb.core.Flyway;

/**
 * Brings the schema up to date at every start, as the owner role; a second node waits for the first one's lock.
 *
 * <p>Never undoes anything: the way back is run by hand, see db/README.md.
 */
@ApplicationScoped
public class Migrations implements StartStep {

    @Inject
    private DatabaseConfig config;

    private volatile boolean done;

    @Override
    public Phase phase() {
        return Phase.DATABASE;
    }

    @Override
    public void start() {
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(config.url(), config.ownerUser(), config.ownerPassword())
                .locations("classpath:db/migration")
                .failOnMissingLocations(true)
                .placeholders(Map.of("application_role", config.user()))
                .connectRetries(0)
                .load()
                .migrate();
        done = true;
    }

    /** True when this process has seen the schema up to date. */
    public boolean done() {
        return done;
    }
}
