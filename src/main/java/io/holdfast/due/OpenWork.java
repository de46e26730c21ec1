package io.holdfast.due;

import io.holdfast.database.Columns;
import io.holdfast.kernel.BotId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One page of a bot's rows in the order of their ids, and what of it only memory can bring to its end.
 *
 * @param unaided rows that are open, not young, and have no due row
 * @param passed up to here every row is finished or has a due row
 * @param last the last id of the page
 * @param more true when other rows may follow that are not young
 * @param overdue how many rows are open past their time
 */
public record OpenWork(BotId bot, List<Long> unaided, long passed, long last, boolean more, int overdue) {
    /** Rows of a bot that are read at once, whatever their state. */
    public static final int PAGE = 200;

    /**
     * Reads the next page of each bot above the id that stands with it; none for a bot that has no more.
     *
     * @param page the rows of one bot, k.bot_id, above k.after in the order of their ids, at most {@value #PAGE}: id; fresh, where
     *     what follows is as young; young, open, unaided, late
     */
    public static List<OpenWork> read(Connection connection, String page, Map<BotId, Long> after) throws SQLException {
        String sql = """
                select k.bot_id, p.*
                from unnest(?::bigint[], ?::bigint[]) as k (bot_id, after)
                cross join lateral (
                    select array_agg(r.id order by r.id) filter (where r.unaided and not r.young),
                           coalesce(min(r.id) filter (where r.unaided or r.young) - 1, max(r.id)),
                           max(r.id) as last,
                           count(*) = %d and coalesce(max(r.id) = max(r.id) filter (where not r.fresh), false),
                           count(*) filter (where r.open and r.late)
                    from (%s) r) p
                where p.last is not null
                """.formatted(PAGE, page);
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Columns.from(1, select, List.copyOf(after.entrySet()))
                    .longs(entry -> entry.getKey().value())
                    .longs(Map.Entry::getValue);
            List<OpenWork> pages = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    pages.add(of(rows));
                }
            }
            return pages;
        }
    }

    private static OpenWork of(ResultSet row) throws SQLException {
        Array unaided = row.getArray(2);
        return new OpenWork(
                new BotId(row.getLong(1)),
                unaided == null ? List.of() : List.of((Long[]) unaided.getArray()),
                row.getLong(3),
                row.getLong(4),
                row.getBoolean(5),
                row.getInt(6));
    }
}
