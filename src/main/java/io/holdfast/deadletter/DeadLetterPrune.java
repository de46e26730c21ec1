package io.holdfast.deadletter;

import io.holdfast.database.EngineDatabase;
import io.holdfast.event.Event;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import io.holdfast.event.OneNode;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.HoldfastException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Removes dead letters once their retention is over: closed ones counted from when they were closed, open ones from when they were
 * parked. Pages through everything; an event of the bot says how many were removed that nobody had closed.
 */
@ApplicationScoped
class DeadLetterPrune {
    private static final Logger LOG = System.getLogger(DeadLetterPrune.class.getName());
    private static final int PAGE = 1000;

    @Inject
    private EngineDatabase database;

    @Inject
    private DeadLetterConfig config;

    @Inject
    private DeadLetterMetrics metrics;

    @Inject
    private OneNode oneNode;

    private record Page(int letters, Map<BotId, Integer> open) {}

    /** Removes what there is; what could not be removed is left for the next round. */
    void pruneOrLeave() {
        oneNode.run("prune-dead-letters", this::pruneAllOrLeave);
    }

    private void pruneAllOrLeave() {
        try {
            prune();
        } catch (HoldfastException e) {
            LOG.log(Level.WARNING, "Old dead letters stay until the next round: {0}", e.getMessage());
        }
    }

    /** Answers how many dead letters were removed. */
    int prune() {
        int removed = 0;
        Page page;
        do {
            page = database.inTransaction(this::removePage);
            removed += page.letters();
            metrics.pruned(page.letters());
        } while (page.letters() == PAGE);
        int jobs = database.run(this::removeJobs);
        if (removed + jobs > 0) {
            LOG.log(Level.INFO, "{0} dead letters and {1} of their jobs are pruned", removed, jobs);
        }
        return removed;
    }

    private Page removePage(Connection connection) throws SQLException {
        String sql = """
                delete from dead_letter where (bot_id, dead_letter_id) in (
                    select bot_id, dead_letter_id from dead_letter
                    where parked_at < clock_timestamp() - ? * interval '1 second'
                      and coalesce(closed_at, parked_at) < clock_timestamp() - ? * interval '1 second'
                    order by bot_id, dead_letter_id limit ?)
                returning bot_id, state
                """;
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, config.retention.toSeconds());
            delete.setLong(2, config.retention.toSeconds());
            delete.setInt(3, PAGE);
            int letters = 0;
            Map<BotId, Integer> open = new TreeMap<>();
            try (ResultSet row = delete.executeQuery()) {
                while (row.next()) {
                    letters++;
                    if (DeadLetterState.valueOf(row.getString(2)) == DeadLetterState.OPEN) {
                        open.merge(new BotId(row.getLong(1)), 1, Integer::sum);
                    }
                }
            }
            Events.record(connection, events(open));
            return new Page(letters, open);
        }
    }

    private List<Event> events(Map<BotId, Integer> open) {
        return open.entrySet().stream()
                .map(entry -> Event.ofBot(
                        EventKind.PRUNED,
                        entry.getKey(),
                        DeadLetterState.OPEN.name(),
                        "%d dead letters that nobody had closed for %s".formatted(entry.getValue(), config.retention)))
                .toList();
    }

    private int removeJobs(Connection connection) throws SQLException {
        String sql = """
                delete from dead_letter_job where finished_at < clock_timestamp() - ? * interval '1 second'
                """;
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            delete.setLong(1, config.retention.toSeconds());
            return delete.executeUpdate();
        }
    }
}
