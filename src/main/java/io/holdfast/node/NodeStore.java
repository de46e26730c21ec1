package io.holdfast.node;

import io.holdfast.database.EngineDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The rows of the nodes; every time in them is the database's. */
@ApplicationScoped
class NodeStore {

    @Inject
    private EngineDatabase database;

    /** Writes this process over whatever ran under the name before; answers whether that one did not stop in order. */
    boolean join(String node, UUID incarnation, String url, Duration lease) {
        String sql = """
                with before as (select stopped_at from node where node_id = ?)
                insert into node (node_id, incarnation, url, started_at, lease_until)
                values (?, ?, ?, now(), now() + ? * interval '1 millisecond')
                on conflict (node_id) do update
                    set incarnation = excluded.incarnation, url = excluded.url, started_at = excluded.started_at,
                        lease_until = excluded.lease_until, stopped_at = null, takes_bots = false
                returning exists (select 1 from before where stopped_at is null)
                """;
        return database.run(connection -> {
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setString(1, node);
                insert.setString(2, node);
                insert.setObject(3, incarnation);
                insert.setString(4, url);
                insert.setLong(5, lease.toMillis());
                try (ResultSet row = insert.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        });
    }

    boolean renew(String node, UUID incarnation, Duration lease, boolean takesBots) {
        String sql = """
                update node set lease_until = now() + ? * interval '1 millisecond', takes_bots = ?
                where node_id = ? and incarnation = ?
                """;
        return database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setLong(1, lease.toMillis());
                update.setBoolean(2, takesBots);
                update.setString(3, node);
                update.setObject(4, incarnation);
                return update.executeUpdate() == 1;
            }
        });
    }

    void leave(String node, UUID incarnation) {
        String sql =
                "update node set lease_until = now(), stopped_at = now(), takes_bots = false where node_id = ? and incarnation = ?";
        database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setString(1, node);
                update.setObject(2, incarnation);
                return update.executeUpdate();
            }
        });
    }

    List<Neighbour> all() {
        String sql = """
                select n.node_id, n.url, ceil(greatest(0, extract(epoch from n.lease_until - now()) * 1000))::bigint, n.takes_bots,
                       n.lease_until < now() and exists (select 1 from bot_lease l where l.node_id = n.node_id)
                from node n order by n.node_id
                """;
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet row = select.executeQuery()) {
                List<Neighbour> nodes = new ArrayList<>();
                while (row.next()) {
                    nodes.add(new Neighbour(
                            row.getString(1),
                            row.getString(2),
                            Duration.ofMillis(row.getLong(3)),
                            row.getBoolean(4),
                            row.getBoolean(5)));
                }
                return nodes;
            }
        });
    }

    /** Removes nodes whose lease ended that long ago; one that still holds a bot stays, or the bot's next owner would not know it. */
    int removeGone(Duration kept) {
        String sql = """
                delete from node n
                where n.lease_until < now() - ? * interval '1 millisecond'
                  and not exists (select 1 from bot_lease l where l.node_id = n.node_id)
                """;
        return database.run(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(sql)) {
                delete.setLong(1, kept.toMillis());
                return delete.executeUpdate();
            }
        });
    }
}
