package io.holdfast.due;

import io.holdfast.kernel.BotId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One page of a bot's rows in the order of their ids, and what of it only memory can bring to its end.
 *
 * @param unaided rows that are open, not young, and have no due row
 * @param passed up to here every row is finished or has a due row
 * @param last the last id of the page
 * @param more true when other rows may follow
 * @param overdue how many rows are open past their time
 */
public record OpenWork(BotId bot, List<Long> unaided, long passed, long last, boolean more, int overdue) {
    /** Rows of a bot that are read at once, whatever their state. */
    public static final int PAGE = 1000;

    /**
     * Reads the next page of each bot.
     *
     * @param sql takes bots and ids as two arrays; answers bot, id, young, unaided, overdue, the page's last id and its size, by
     *     bot and id, without the rows that have nothing to say except the last of a page
     */
    public static List<OpenWork> read(Connection connection, String sql, Map<BotId, Long> after) throws SQLException {
        Map<BotId, List<Row>> byBot = new LinkedHashMap<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            List<BotId> bots = List.copyOf(after.keySet());
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "bigint", bots.stream().map(BotId::value).toArray()));
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint", bots.stream().map(after::get).toArray()));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    byBot.computeIfAbsent(new BotId(rows.getLong(1)), bot -> new ArrayList<>())
                            .add(Row.of(rows));
                }
            }
        }
        return byBot.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private record Row(long id, boolean young, boolean unaided, boolean overdue, long last, int size) {
        static Row of(ResultSet row) throws SQLException {
            return new Row(
                    row.getLong(2),
                    row.getBoolean(3),
                    row.getBoolean(4),
                    row.getBoolean(5),
                    row.getLong(6),
                    row.getInt(7));
        }
    }

    private static OpenWork of(BotId bot, List<Row> rows) {
        Row end = rows.getLast();
        return new OpenWork(
                bot,
                rows.stream()
                        .filter(row -> row.unaided() && !row.young())
                        .map(Row::id)
                        .toList(),
                rows.stream()
                        .filter(row -> row.unaided() || row.young())
                        .mapToLong(row -> row.id() - 1)
                        .findFirst()
                        .orElse(end.last()),
                end.last(),
                end.size() == PAGE,
                (int) rows.stream().filter(Row::overdue).count());
    }
}
