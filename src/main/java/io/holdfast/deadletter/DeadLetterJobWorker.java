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
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Does what jobs ask for, one letter a transaction: the oldest job that replays, and the oldest one that discards.
 *
 * <p>Nodes take turns by compare-and-set of {@code next_at}, so that together they keep the pace. Each letter locks its job's row,
 * whose counts say which letter is next: a crash leaves either all of a letter's step or nothing, and any node goes on there.
 */
@ApplicationScoped
class DeadLetterJobWorker {
    private static final Logger LOG = System.getLogger(DeadLetterJobWorker.class.getName());
    private static final int DISCARDS = 200;

    @Inject
    private EngineDatabase database;

    @Inject
    private DeadLetterActions actions;

    @Inject
    private DeadLetterConfig config;

    private record Job(long id, DeadLetterJob.Action action) {}

    private record Next(
            long position,
            long letter,
            String operator,
            @Nullable String reason,
            boolean evenIfExpired) {}

    /** Works for this second; what cannot be done now is done later. */
    void workOrLeave() {
        try {
            work();
        } catch (HoldfastException e) {
            LOG.log(Level.WARNING, "Jobs on dead letters wait: {0}", e.getMessage());
        }
    }

    /** Answers how many letters were looked at. */
    int work() {
        int worked = 0;
        for (Job job : database.run(DeadLetterJobWorker::claim)) {
            int limit = job.action() == DeadLetterJob.Action.REPLAY ? config.replaysPerSecond : DISCARDS;
            for (int i = 0; i < limit && workOne(job); i++) {
                worked++;
            }
        }
        return worked;
    }

    /** The jobs that this node works on in this second. */
    private static List<Job> claim(Connection connection) throws SQLException {
        String sql = """
                update dead_letter_job
                set next_at = greatest(next_at, clock_timestamp() - interval '1 second') + interval '1 second'
                where job_id in (select min(job_id) from dead_letter_job where state = 'RUNNING' group by action)
                  and state = 'RUNNING' and next_at <= clock_timestamp()
                returning job_id, action
                """;
        try (PreparedStatement update = connection.prepareStatement(sql);
                ResultSet row = update.executeQuery()) {
            List<Job> jobs = new ArrayList<>();
            while (row.next()) {
                jobs.add(new Job(row.getLong(1), DeadLetterJob.Action.valueOf(row.getString(2))));
            }
            return jobs;
        }
    }

    /** Answers false when the job has nothing more to do. */
    private boolean workOne(Job job) {
        try {
            return database.inTransaction(connection -> {
                Next next = next(connection, job);
                if (next == null) {
                    return false;
                }
                advance(connection, job, next, failure(act(connection, job, next)));
                return true;
            });
        } catch (HoldfastException e) {
            if (e.category().freeOfCharge()) {
                throw e;
            }
            return giveUpOne(job, e);
        } catch (RuntimeException e) {
            return giveUpOne(job, e);
        }
    }

    /** One letter that cannot be done must not hold up those behind it. */
    private boolean giveUpOne(Job job, RuntimeException failure) {
        LOG.log(Level.ERROR, "A letter of job " + job.id() + " met a failure that it should not have met", failure);
        return database.inTransaction(connection -> {
            Next next = next(connection, job);
            if (next != null) {
                advance(connection, job, next, "the server failed, see its log");
            }
            return next != null;
        });
    }

    private LetterOutcome act(Connection connection, Job job, Next next) throws SQLException {
        return switch (job.action()) {
            case REPLAY -> actions.replay(connection, next.letter(), next.operator(), next.evenIfExpired());
            case DISCARD -> actions.discard(connection, next.letter(), next.operator(), next.reason());
        };
    }

    private static @Nullable String failure(LetterOutcome outcome) {
        return switch (outcome) {
            case LetterOutcome.Done done -> null;
            case LetterOutcome.Unknown unknown -> "was pruned";
            case LetterOutcome.Closed closed -> "was " + closed.state() + " already";
            case LetterOutcome.Expired expired -> "expired at " + expired.at();
            case LetterOutcome.Impossible impossible -> impossible.reason();
        };
    }

    private static @Nullable Next next(Connection connection, Job job) throws SQLException {
        String sql = """
                select i.position, i.dead_letter_id, j.operator, j.reason, j.even_if_expired
                from dead_letter_job j
                join dead_letter_job_item i on i.job_id = j.job_id and i.position = j.done + j.failed + 1
                where j.job_id = ? and j.state = 'RUNNING'
                """;
        lock(connection, job);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, job.id());
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? new Next(
                                row.getLong(1), row.getLong(2), row.getString(3), row.getString(4), row.getBoolean(5))
                        : null;
            }
        }
    }

    /** In a statement of its own, so that the next one sees the counts of whoever had the lock before. */
    private static void lock(Connection connection, Job job) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select 1 from dead_letter_job where job_id = ? for update")) {
            select.setLong(1, job.id());
            select.execute();
        }
    }

    private static void advance(Connection connection, Job job, Next next, @Nullable String failure)
            throws SQLException {
        String sql = """
                update dead_letter_job
                set done = done + ?, failed = failed + ?,
                    state = case when done + failed + 1 = total then 'DONE' else state end,
                    finished_at = case when done + failed + 1 = total then clock_timestamp() end
                where job_id = ?
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setInt(1, failure == null ? 1 : 0);
            update.setInt(2, failure == null ? 0 : 1);
            update.setLong(3, job.id());
            update.executeUpdate();
        }
        if (failure != null) {
            try (PreparedStatement update = connection.prepareStatement(
                    "update dead_letter_job_item set failure = ? where job_id = ? and position = ?")) {
                update.setString(1, failure);
                update.setLong(2, job.id());
                update.setLong(3, next.position());
                update.executeUpdate();
            }
        }
    }
}
