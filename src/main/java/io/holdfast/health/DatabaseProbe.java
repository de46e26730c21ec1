package io.holdfast.health;

import io.holdfast.database.EngineDatabase;
import io.holdfast.kernel.HoldfastException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/**
 * Asks the database whether it is there, at most once a second however many ask us.
 *
 * <p>Waits two seconds for its answer, and for a connection as long as the pool does.
 */
@ApplicationScoped
class DatabaseProbe {
    private static final long FRESH_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int PATIENCE_SECONDS = 2;

    @Inject
    private EngineDatabase database;

    private boolean reachable;
    private long askedAt = System.nanoTime() - FRESH_NANOS;

    synchronized boolean reachable() {
        if (System.nanoTime() - askedAt >= FRESH_NANOS) {
            reachable = ask();
            askedAt = System.nanoTime();
        }
        return reachable;
    }

    private boolean ask() {
        try {
            return database.run(connection -> {
                try (var select = connection.createStatement()) {
                    select.setQueryTimeout(PATIENCE_SECONDS);
                    return select.execute("select 1");
                }
            });
        } catch (HoldfastException e) {
            return false;
        }
    }
}
