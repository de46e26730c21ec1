package io.holdfast.deadletter;

import io.holdfast.database.Columns;
import io.holdfast.database.TurnDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Work on many dead letters at once: what is to be done is written down with the request, and done afterwards, on any node.
 *
 * <p>A job has exactly the letters that were open and matched when it was made, in the order in which they were first parked. A crash
 * at any moment neither forgets one nor does one twice.
 */
@ApplicationScoped
public class DeadLetterJobs {

    @PersistenceContext(unitName = "holdfast")
    private EntityManager entities;

    @Inject
    private TurnDatabase database;

    /** What is asked for. */
    public record Order(
            DeadLetterJob.Action action,
            DeadLetterFilter filter,
            String operator,
            @Nullable String reason,
            boolean evenIfExpired) {}

    /** One letter that a job could not do, and why. */
    public record Failure(long letter, String reason) {}

    private record Item(long bot, long letter) {}

    /** Writes the job down for the open letters that the filter finds, and answers its id. */
    @Transactional
    public long create(Order order) {
        DeadLetterFilter filter = order.filter().open();
        TypedQuery<Object[]> query = entities.createQuery(
                "select d.bot, d.id from DeadLetter d where d.id > 0" + filter.conditions() + " order by d.id",
                Object[].class);
        filter.bind(query);
        List<Item> items = query.getResultStream()
                .map(row -> new Item((Long) row[0], (Long) row[1]))
                .toList();
        return database.run(connection -> {
            long job = insert(connection, order, items.size());
            insertItems(connection, job, items);
            return job;
        });
    }

    @Transactional
    public Optional<DeadLetterJob> find(long id) {
        return Optional.ofNullable(entities.find(DeadLetterJob.class, id));
    }

    /** The first of those that the job could not do. */
    @Transactional
    public List<Failure> failures(long job, int limit) {
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement("""
                    select dead_letter_id, failure from dead_letter_job_item
                    where job_id = ? and failure is not null order by position limit ?
                    """)) {
                select.setLong(1, job);
                select.setInt(2, limit);
                try (ResultSet row = select.executeQuery()) {
                    List<Failure> failures = new ArrayList<>();
                    while (row.next()) {
                        failures.add(new Failure(row.getLong(1), row.getString(2)));
                    }
                    return failures;
                }
            }
        });
    }

    private static long insert(Connection connection, Order order, int total) throws SQLException {
        String sql = """
                insert into dead_letter_job (action, operator, reason, even_if_expired, total, state, finished_at)
                values (?, ?, ?, ?, ?, ?, case when ? then clock_timestamp() end)
                returning job_id
                """;
        DeadLetterJob.State state = total == 0 ? DeadLetterJob.State.DONE : DeadLetterJob.State.RUNNING;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, order.action().name());
            insert.setString(2, order.operator());
            insert.setString(3, order.reason());
            insert.setBoolean(4, order.evenIfExpired());
            insert.setLong(5, total);
            insert.setString(6, state.name());
            insert.setBoolean(7, total == 0);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void insertItems(Connection connection, long job, List<Item> items) throws SQLException {
        String sql = """
                insert into dead_letter_job_item (bot_id, dead_letter_id, position, job_id)
                select i.bot_id, i.dead_letter_id, i.position, ?
                from unnest(?::bigint[], ?::bigint[]) with ordinality as i (bot_id, dead_letter_id, position)
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, job);
            Columns.from(2, insert, items).longs(Item::bot).longs(Item::letter);
            insert.executeUpdate();
        }
    }
}
