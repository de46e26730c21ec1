package io.holdfast.database;

import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.Mishap;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * The engine's way to PostgreSQL, outside JTA: each statement is its own commit unless the caller opens a transaction on the
 * connection.
 *
 * <p>Used by T1, T3, T4 and the sweeps on threads that hold no JTA transaction. What a turn writes goes through the
 * persistence unit instead.
 */
@ApplicationScoped
public class EngineDatabase {

    /** What the driver says of a statement whose connection was cut off under it. */
    private static final String CLOSED = "55000";

    private static final String IDLE_TOO_LONG = "25P03";
    private static final String READ_ONLY = "25006";
    private static final String OUTCOME_UNKNOWN = "40003";
    private static final String CANCELLED = "57014";

    @Resource(lookup = "jdbc/engine")
    private DataSource dataSource;

    private static final Duration LONG_WAIT = Duration.ofSeconds(2);
    private static final Duration STRAIN = Duration.ofSeconds(5);

    private volatile long strainedUntil = System.nanoTime();

    /** Work on one connection that may fail as JDBC fails. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * True for some seconds after somebody had to wait long for a connection: what can wait had better not ask for one.
     */
    public boolean strained() {
        return System.nanoTime() - strainedUntil < 0;
    }

    private Connection connection() throws SQLException {
        long before = System.nanoTime();
        try {
            return dataSource.getConnection();
        } finally {
            long now = System.nanoTime();
            if (now - before > LONG_WAIT.toNanos()) {
                strainedUntil = now + STRAIN.toNanos();
            }
        }
    }

    /** Runs the work with auto-commit and gives the connection back. */
    public <T> T run(Work<T> work) {
        try (Connection connection = connection()) {
            Mishap.STORE.perhaps();
            T result = work.on(connection);
            Mishap.ANSWER.perhaps();
            return result;
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Runs the work in one transaction of this connection; any exception rolls it back. */
    public <T> T inTransaction(Work<T> work) {
        try (Connection connection = connection()) {
            connection.setAutoCommit(false);
            try {
                Mishap.STORE.perhaps();
                T result = work.on(connection);
                connection.commit();
                Mishap.ANSWER.perhaps();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Turns a JDBC failure into one with a category; the message keeps the SQL state and no data. */
    public static HoldfastException failed(SQLException e) {
        return new HoldfastException(
                category(e), "The database refused or was away (SQL state %s)".formatted(e.getSQLState()), e);
    }

    private static ErrorCategory category(SQLException e) {
        String state = e.getSQLState();
        if (state == null) {
            return ErrorCategory.UNAVAILABLE;
        }
        return switch (state) {
            case CLOSED, IDLE_TOO_LONG, READ_ONLY, OUTCOME_UNKNOWN -> ErrorCategory.UNAVAILABLE;
            case "40001", "40P01" -> ErrorCategory.CONFLICT;
            // The statement was given its time: with the same data it takes as long again.
            case CANCELLED -> ErrorCategory.TIMEOUT;
            default -> ofClass(state);
        };
    }

    private static ErrorCategory ofClass(String state) {
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "08", "53", "57", "58" -> ErrorCategory.UNAVAILABLE;
            case "22", "23" -> ErrorCategory.INVALID;
            default -> ErrorCategory.INTERNAL;
        };
    }
}
