package io.holdfast.due;

import io.holdfast.database.EngineDatabase;
import io.holdfast.kernel.BotId;
import io.holdfast.node.Nodes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what is due for this node: for the bots it holds, and for bots that nobody holds. A suspended bot's work waits; that of a node
 * which has just died is left for three seconds to those who share its bots among them.
 *
 * <p>A row that was handed on is handed on again after a minute, unless its work was finished and the row with it.
 */
@ApplicationScoped
public class DueReader {
    private static final int PAGE = 1000;

    @Inject
    private EngineDatabase database;

    @Inject
    private Nodes nodes;

    /** Takes the next page of due work; an empty list says that nothing more is due now. */
    public List<DueWork> take() {
        return database.run(this::take);
    }

    private List<DueWork> take(Connection connection) throws SQLException {
        String sql = """
                update due set handed_at = now()
                where (bot_id, kind, ref) in (
                    select d.bot_id, d.kind, d.ref
                    from due d
                    join bot_lease l on l.bot_id = d.bot_id
                    join bot b on b.bot_id = d.bot_id and b.state not in ('SUSPENDED', 'STOPPING', 'STOPPED')
                    left join node n on n.node_id = l.node_id
                    where d.due_at <= now()
                      and (d.handed_at is null or d.handed_at < now() - interval '60 seconds')
                      and (l.node_id = ? or n.node_id is null or n.lease_until < now() - interval '3 seconds')
                    order by d.due_at
                    limit ?)
                returning bot_id, kind, ref
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, nodes.self());
            update.setInt(2, PAGE);
            try (ResultSet rows = update.executeQuery()) {
                List<DueWork> work = new ArrayList<>();
                while (rows.next()) {
                    work.add(new DueWork(
                            new BotId(rows.getLong(1)), DueKind.valueOf(rows.getString(2)), rows.getLong(3)));
                }
                return work;
            }
        }
    }

    /** Gives back what was taken of a bot that lives on another node by now; false when it does not. */
    public boolean giveBack(BotId bot) {
        String sql = """
                update due d set handed_at = null
                from bot_lease l join node n on n.node_id = l.node_id
                where d.bot_id = ? and l.bot_id = d.bot_id and l.node_id <> ? and n.lease_until >= now()
                  and d.handed_at is not null
                """;
        return database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setLong(1, bot.value());
                update.setString(2, nodes.self());
                return update.executeUpdate() > 0;
            }
        });
    }

    /** How much work of this node's bots has been due for more than two minutes. */
    public int overdue() {
        String sql = """
                select count(*) from due d join bot_lease l on l.bot_id = d.bot_id
                where l.node_id = ? and d.due_at < now() - interval '2 minutes'
                """;
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, nodes.self());
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getInt(1);
                }
            }
        });
    }
}
