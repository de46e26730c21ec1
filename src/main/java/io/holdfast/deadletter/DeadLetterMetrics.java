package io.holdfast.deadletter;

import io.holdfast.database.EngineDatabase;
import io.holdfast.kernel.HoldfastException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Counts what this node parked, replayed, discarded and pruned, and shows what is open in the installation.
 *
 * <p>Open ones are counted by a timer, by one statement: a scrape reads memory and never waits for the database.
 */
@ApplicationScoped
class DeadLetterMetrics {
    private static final Logger LOG = System.getLogger(DeadLetterMetrics.class.getName());

    @Inject
    private MetricRegistry registry;

    @Inject
    private EngineDatabase database;

    private record Group(ParkedWork.Priority priority, ParkedWork.Owner owner) {}

    private record Open(long count, long oldestSeconds) {
        static final Open NONE = new Open(0, 0);
    }

    private static final Map<Group, LongAdder> PARKED = new ConcurrentHashMap<>();

    private volatile Map<Group, Open> open = Map.of();
    private volatile boolean registered;

    /** Notes one for the next round: work is parked on threads of every kind, by code that is no bean. */
    static void parked(ParkedWork work) {
        PARKED.computeIfAbsent(new Group(work.priority(), work.owner()), group -> new LongAdder())
                .increment();
    }

    void closed(DeadLetterState state) {
        switch (state) {
            case REPLAYED -> registry.counter("bot_dead_letters_replayed").inc();
            case DISCARDED -> registry.counter("bot_dead_letters_discarded").inc();
            case OPEN -> throw new IllegalArgumentException("An open dead letter is not closed");
        }
    }

    void pruned(long count) {
        registry.counter("bot_dead_letters_pruned").inc(count);
    }

    void alerted(DeadLetterAlert.Kind kind) {
        registry.counter("bot_dead_letter_alerts", new Tag("kind", kind.name())).inc();
    }

    /** Counts anew; while the database is away the last figures stay. */
    void refresh() {
        PARKED.forEach((group, count) -> registry.counter(
                        "bot_dead_letters_parked",
                        new Tag("priority", group.priority().name()),
                        new Tag("owner", group.owner().name()))
                .inc(count.sumThenReset()));
        try {
            open = database.run(DeadLetterMetrics::count);
        } catch (HoldfastException e) {
            LOG.log(Level.WARNING, "Open dead letters could not be counted: {0}", e.getMessage());
            return;
        }
        if (!registered) {
            register();
            registered = true;
        }
    }

    private void register() {
        for (ParkedWork.Priority priority : ParkedWork.Priority.values()) {
            for (ParkedWork.Owner owner : ParkedWork.Owner.values()) {
                Group group = new Group(priority, owner);
                Tag[] labels = {new Tag("priority", priority.name()), new Tag("owner", owner.name())};
                registry.gauge(
                        "bot_dead_letters_open",
                        () -> open.getOrDefault(group, Open.NONE).count(),
                        labels);
                registry.gauge(
                        "bot_dead_letters_oldest_seconds",
                        () -> open.getOrDefault(group, Open.NONE).oldestSeconds(),
                        labels);
            }
        }
    }

    private static Map<Group, Open> count(Connection connection) throws SQLException {
        String sql = """
                select priority, owner, count(*), extract(epoch from clock_timestamp() - min(parked_at))::bigint
                from dead_letter where state = 'OPEN' group by priority, owner
                """;
        try (PreparedStatement select = connection.prepareStatement(sql);
                ResultSet row = select.executeQuery()) {
            Map<Group, Open> counted = new HashMap<>();
            while (row.next()) {
                Group group = new Group(
                        ParkedWork.Priority.valueOf(row.getString(1)), ParkedWork.Owner.valueOf(row.getString(2)));
                counted.put(group, new Open(row.getLong(3), Math.max(0, row.getLong(4))));
            }
            return Map.copyOf(counted);
        }
    }
}
