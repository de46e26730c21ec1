package io.holdfast.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What PostgreSQL counts of itself; a session's counts may come up to a second late.
 *
 * @param commits transactions of the product's database that were committed
 * @param walBytes bytes written to the log
 * @param syncs calls of fsync for the log
 * @param updated rows updated in tables
 * @param hot of these, rows whose indexes had not to be touched
 * @param dead rows that wait for a vacuum: a level, no count
 * @param checkpoints checkpoints done
 */
record DatabaseCounters(
        double commits, double walBytes, double syncs, double updated, double hot, double dead, double checkpoints) {
    private static final String QUERY = """
            select (select xact_commit from pg_stat_database where datname = current_database()),
                   pg_current_wal_lsn() - '0/0'::pg_lsn,
                   (select sum(fsyncs) from pg_stat_io where object = 'wal'),
                   (select sum(n_tup_upd) from pg_stat_user_tables),
                   (select sum(n_tup_hot_upd) from pg_stat_user_tables),
                   (select sum(n_dead_tup) from pg_stat_user_tables),
                   (select num_done from pg_stat_checkpointer)
            """;

    static DatabaseCounters now(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            row.next();
            return new DatabaseCounters(
                    row.getDouble(1),
                    row.getDouble(2),
                    row.getDouble(3),
                    row.getDouble(4),
                    row.getDouble(5),
                    row.getDouble(6),
                    row.getDouble(7));
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Counts since then; the level stays as it is now. */
    DatabaseCounters since(DatabaseCounters before) {
        return new DatabaseCounters(
                commits - before.commits,
                walBytes - before.walBytes,
                syncs - before.syncs,
                updated - before.updated,
                hot - before.hot,
                dead,
                checkpoints - before.checkpoints);
    }
}
