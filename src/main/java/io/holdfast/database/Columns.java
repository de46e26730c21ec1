package io.holdfast.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Binds a list of rows as the columns of an {@code unnest} list: one array a column, in the order of the calls.
 *
 * @param <R> what a row is made of
 */
public final class Columns<R> {
    private final Connection connection;
    private final PreparedStatement statement;
    private final List<R> rows;
    private int index;

    private Columns(Connection connection, PreparedStatement statement, List<R> rows, int index) {
        this.connection = connection;
        this.statement = statement;
        this.rows = rows;
        this.index = index;
    }

    /** Binds from parameter {@code first} on. */
    public static <R> Columns<R> from(int first, PreparedStatement statement, List<R> rows) throws SQLException {
        return new Columns<>(statement.getConnection(), statement, rows, first);
    }

    public Columns<R> longs(Function<R, @Nullable Long> value) throws SQLException {
        return bind("bigint", rows.stream().map(value).toArray(Long[]::new));
    }

    public Columns<R> texts(Function<R, @Nullable String> value) throws SQLException {
        return bind("text", rows.stream().map(value).toArray(String[]::new));
    }

    public Columns<R> ints(Function<R, Integer> value) throws SQLException {
        return bind("int", rows.stream().map(value).toArray(Integer[]::new));
    }

    public Columns<R> booleans(Function<R, Boolean> value) throws SQLException {
        return bind("boolean", rows.stream().map(value).toArray(Boolean[]::new));
    }

    public Columns<R> bytes(Function<R, byte[]> value) throws SQLException {
        return bind("bytea", rows.stream().map(value).toArray(byte[][]::new));
    }

    /** Of arrays with the type of their elements the driver sends the bytes; of Object[] it makes a text. */
    private Columns<R> bind(String type, Object[] values) throws SQLException {
        statement.setArray(index++, connection.createArrayOf(type, values));
        return this;
    }
}
