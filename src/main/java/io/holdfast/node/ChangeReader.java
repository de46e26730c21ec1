package io.holdfast.node;

import io.holdfast.database.EngineDatabase;
import io.holdfast.kernel.Changed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the changes and forgets old ones. */
@ApplicationScoped
class ChangeReader {

    @Inject
    private EngineDatabase database;

    /** What is committed of the transactions from this number on: one statement, so one moment. */
    ChangeWindow.Reading read(long from) {
        String sql = """
                select pg_snapshot_xmin(s.now)::text, (extract(epoch from clock_timestamp()) * 1000)::bigint,
                       c.xid::text, c.seq, c.kind, c.key
                from (select pg_current_snapshot() as now) s left join change c on c.xid >= ?::xid8
                order by c.seq
                """;
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, Long.toString(from));
                try (ResultSet row = select.executeQuery()) {
                    return reading(row);
                }
            }
        });
    }

    private static ChangeWindow.Reading reading(ResultSet row) throws SQLException {
        long oldestOpen = 0;
        long atMillis = 0;
        List<ChangeWindow.Row> rows = new ArrayList<>();
        while (row.next()) {
            oldestOpen = Long.parseLong(row.getString(1));
            atMillis = row.getLong(2);
            if (row.getString(3) != null) {
                long transaction = Long.parseLong(row.getString(3));
                long seq = row.getLong(4);
                String key = row.getString(6);
                kind(row.getString(5))
                        .ifPresent(kind -> rows.add(new ChangeWindow.Row(transaction, seq, new Changed(kind, key))));
            }
        }
        return new ChangeWindow.Reading(oldestOpen, atMillis, rows);
    }

    /** A node of a later version may tell of what this one does not keep. */
    private static Optional<Changed.Kind> kind(String name) {
        for (Changed.Kind kind : Changed.Kind.values()) {
            if (kind.name().equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    int removeOlderThan(Duration age) {
        String sql = "delete from change where changed_at < clock_timestamp() - ? * interval '1 millisecond'";
        return database.run(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(sql)) {
                delete.setLong(1, age.toMillis());
                return delete.executeUpdate();
            }
        });
    }
}
