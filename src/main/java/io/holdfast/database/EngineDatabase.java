package io.holdfast.database;

import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.Mishap;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
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

    @Resource(lookup = "jdbc/engine")
    private DataSource dataSource;

    /** Work on one connection that may fail as JDBC fails. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    /** Runs the work with auto-commit and gives the connection back. */
    public <T> T run(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
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
        try (Connection connection = dataSource.getConnection()) {
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
        if (state == null
                || state.startsWith("08")
                || state.startsWith("57")
                || state.startsWith("53")
                || state.startsWith("25P")
                || state.equals(CLOSED)) {
            return ErrorCategory.UNAVAILABLE;
        }
        if (state.equals("40001") || state.equals("40P01")) {
            return ErrorCategory.CONFLICT;
        }
        return state.startsWith("22") || state.startsWith("23") ? ErrorCategory.INVALID : ErrorCategory.INTERNAL;
    }
}
