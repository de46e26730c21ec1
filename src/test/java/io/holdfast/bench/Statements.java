package io.holdfast.bench;

import io.holdfast.testkit.LocalDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;

/**
 * pg_stat_statements of the database that is measured: loaded all the time, counting only for a few seconds of its own, since
 * counting costs something.
 */
final class Statements {
    private static final String OURS =
            "from bench.pg_stat_statements where userid = '%s'::regrole".formatted(LocalDatabase.APPLICATION);
    private static final Duration RELOAD = Duration.ofMillis(500);

    private Statements() {}

    /** Loads it; restarts the database. */
    static void prepare(LocalDatabase database) {
        database.execute("alter system set shared_preload_libraries = 'pg_stat_statements'");
        database.restart();
        database.execute(
                "create schema bench",
                "create extension pg_stat_statements schema bench",
                "alter system set pg_stat_statements.track = 'none'",
                "alter system set pg_stat_statements.track_utility = off",
                "select pg_reload_conf()");
    }

    /** Counts for so long, puts statements per update on the sheet, and lists the statements in a file. */
    static void count(LocalDatabase database, Talks talks, Duration length, Sheet sheet) {
        database.execute("alter system set pg_stat_statements.track = 'top'", "select pg_reload_conf()");
        Bench.pass(RELOAD);
        database.execute("select bench.pg_stat_statements_reset()");
        long before = talks.answered();
        Bench.pass(length);
        long updates = talks.answered() - before;
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            sheet.figure("statements per update", number(statement, "select sum(calls) " + OURS) / updates, "");
            Path file = sheet.file("-statements.txt");
            Files.createDirectories(Sheet.FOLDER);
            Files.writeString(file, list(statement, updates));
            sheet.fact("statements", file.getFileName());
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        database.execute("alter system set pg_stat_statements.track = 'none'", "select pg_reload_conf()");
    }

    private static double number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getDouble(1);
        }
    }

    private static String list(Statement statement, long updates) throws SQLException {
        StringBuilder text = new StringBuilder(
                "%,d updates%n  per update   rows/call   mean us   %% of time   log bytes/call  statement%n"
                        .formatted(updates));
        try (ResultSet row = statement.executeQuery("""
                select calls, rows / calls::float8, 1000 * mean_exec_time,
                       100 * total_exec_time / sum(total_exec_time) over (), wal_bytes / calls,
                       regexp_replace(query, '\\s+', ' ', 'g')
                """ + OURS + " order by total_exec_time desc limit 60")) {
            while (row.next()) {
                text.append(String.format(
                        Locale.ROOT,
                        "%12.4f %11.2f %9.1f %11.1f %16.0f  %s%n",
                        row.getDouble(1) / updates,
                        row.getDouble(2),
                        row.getDouble(3),
                        row.getDouble(4),
                        row.getDouble(5),
                        row.getString(6)));
            }
        }
        return text.toString();
    }
}
