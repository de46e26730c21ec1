package io.holdfast.lane;

import io.holdfast.database.Columns;
import io.holdfast.database.EngineDatabase;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who holds which bots, and moves of many bots at once. Each method is one statement. */
@ApplicationScoped
class HolderStore {
    private static final String WORKS = """
            (b.state not in ('SUSPENDED', 'STOPPING', 'STOPPED') and (
                b.state = 'RUNNING' and b.intake = 'POLLING'
                or exists (select 1 from due d where d.bot_id = l.bot_id and d.due_at <= now())
                or exists (select 1 from inbox_update u where u.bot_id = l.bot_id and u.inbox_id > l.inbox_floor
                             and u.state in ('PENDING', 'RETRY'))
                or exists (select 1 from outbox_message o where o.bot_id = l.bot_id and o.outbox_id > l.outbox_floor
                             and o.state in ('PENDING', 'RETRY', 'SENDING', 'UNCERTAIN') and o.finished_at is null)))
            """;

    @Inject
    private EngineDatabase database;

    /** A bot that a node has left; it works where something of it is open or due, or its updates have to be fetched. */
    record Left(BotId bot, boolean works) {}

    /**
     * A bot that moves to another node, if it is still ours.
     *
     * @param epoch null where it has no lane here
     * @param to null where it becomes nobody's
     */
    record Move(BotId bot, @Nullable Long epoch, @Nullable String to) {}

    /** A node that holds a bot. */
    record Holder(String id, String url) {}

    /** The bots that live on the node by their lease. */
    List<BotId> heldBy(String node) {
        String sql = "select bot_id from bot_lease where node_id = ? order by bot_id";
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setString(1, node);
                return bots(select);
            }
        });
    }

    /** The bots of all nodes whose lease is over. */
    List<Left> left() {
        String sql = """
                select l.bot_id, %s
                from node n join bot_lease l on l.node_id = n.node_id join bot b on b.bot_id = l.bot_id
                where n.lease_until < now()
                order by l.bot_id
                """.formatted(WORKS);
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet row = select.executeQuery()) {
                List<Left> left = new ArrayList<>();
                while (row.next()) {
                    left.add(new Left(new BotId(row.getLong(1)), row.getBoolean(2)));
                }
                return left;
            }
        });
    }

    /** Lets those of the bots go whose holder's lease is over: they cost nothing until something comes for them. */
    int free(Collection<BotId> bots) {
        String sql = """
                update bot_lease l set node_id = null
                from node n where n.node_id = l.node_id and n.lease_until < now() and l.bot_id = any(?::bigint[])
                """;
        return database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setArray(1, array(connection, bots));
                return update.executeUpdate();
            }
        });
    }

    /** How many bots each of the nodes holds by their leases; nothing of a node that holds none. */
    Map<String, Integer> counts() {
        String sql = "select node_id, count(*) from bot_lease where node_id is not null group by node_id";
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet row = select.executeQuery()) {
                Map<String, Integer> counts = new HashMap<>();
                while (row.next()) {
                    counts.put(row.getString(1), row.getInt(2));
                }
                return counts;
            }
        });
    }

    /** The living nodes that hold any of the bots. */
    Set<Holder> holdersOf(Collection<BotId> bots) {
        String sql = """
                select distinct n.node_id, n.url from bot_lease l join node n on n.node_id = l.node_id
                where l.bot_id = any(?::bigint[]) and n.lease_until >= now()
                """;
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setArray(1, array(connection, bots));
                Set<Holder> holders = new HashSet<>();
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        holders.add(new Holder(row.getString(1), row.getString(2)));
                    }
                }
                return holders;
            }
        });
    }

    /** Gives bots without open work away, many in one statement; answers which were still ours. */
    Set<BotId> giveQuiet(List<Move> moves, String node) {
        String sql = """
                update bot_lease l set node_id = m.heir
                from unnest(?::bigint[], ?::bigint[], ?::text[]) as m (bot_id, epoch, heir)
                where l.bot_id = m.bot_id and (m.epoch is null or l.epoch = m.epoch) and l.node_id = ?
                returning l.bot_id
                """;
        return database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                Columns.from(1, update, moves)
                        .longs(move -> move.bot().value())
                        .longs(Move::epoch)
                        .texts(Move::to);
                update.setString(4, node);
                return Set.copyOf(bots(update));
            }
        });
    }

    private static List<BotId> bots(PreparedStatement statement) throws SQLException {
        List<BotId> bots = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                bots.add(new BotId(row.getLong(1)));
            }
        }
        return bots;
    }

    private static java.sql.Array array(Connection connection, Collection<BotId> bots) throws SQLException {
        return connection.createArrayOf(
                "bigint", bots.stream().map(BotId::value).toArray());
    }
}
