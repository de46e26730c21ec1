package io.holdfast.lane;

import io.holdfast.database.Columns;
import io.holdfast.database.EngineDatabase;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which bot lives on which node: taken by compare-and-set, each time in a higher epoch. */
@ApplicationScoped
class LeaseStore {

    @Inject
    private EngineDatabase database;

    /**
     * A bot that this node holds from now on.
     *
     * @param formerHolder the node that held it and did not let it go, or null; this one where it was given the bot
     * @param polled true where somebody has to fetch its updates
     */
    record Lease(
            BotId bot,
            BotProfile profile,
            long epoch,
            long inboxFloor,
            long outboxFloor,
            @Nullable String formerHolder,
            boolean polled) {}

    /** How far down everything is finished, parked or due. */
    record Floors(long inbox, long outbox) {}

    /** Takes the bot when nobody alive holds it and it is neither suspended nor stopped; a bot that this node holds already gets a higher epoch. */
    Optional<Lease> take(BotId bot, String node) {
        String sql = """
                with holder as (
                    select l.bot_id, l.node_id, b.username, b.access, b.state = 'RUNNING' and b.intake = 'POLLING' as polled
                    from bot_lease l join bot b on b.bot_id = l.bot_id left join node n on n.node_id = l.node_id
                    where l.bot_id = ? and b.state not in ('SUSPENDED', 'STOPPING', 'STOPPED') and (l.node_id = ? or n.node_id is null or n.lease_until < now()))
                update bot_lease l set node_id = ?, epoch = l.epoch + 1
                from holder h where l.bot_id = h.bot_id and l.node_id is not distinct from h.node_id
                returning l.bot_id, l.epoch, l.inbox_floor, l.outbox_floor, h.node_id, h.username, h.access = 'OPEN', h.polled
                """;
        return database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setLong(1, bot.value());
                update.setString(2, node);
                update.setString(3, node);
                try (ResultSet row = update.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Lease(
                                    bot,
                                    new BotProfile(row.getString(6), row.getBoolean(7)),
                                    row.getLong(2),
                                    row.getLong(3),
                                    row.getLong(4),
                                    row.getString(5),
                                    row.getBoolean(8)))
                            : Optional.<Lease>empty();
                }
            }
        });
    }

    /** Up to 1,000 running bots above {@code after} that live nowhere, or only by their lease here, and have open work above their floors or have to be polled. */
    List<BotId> forsaken(BotId after, String node, Collection<BotId> held) {
        String sql = """
                select l.bot_id from bot_lease l join bot b on b.bot_id = l.bot_id left join node n on n.node_id = l.node_id
                where l.bot_id > ? and l.bot_id <> all(?::bigint[]) and b.state = 'RUNNING'
                  and (l.node_id = ? or n.node_id is null or n.lease_until < now() - interval '5 seconds')
                  and (b.intake = 'POLLING'
                    or exists (select 1 from inbox_update u where u.bot_id = l.bot_id and u.inbox_id > l.inbox_floor
                                 and u.state in ('PENDING', 'RETRY'))
                    or exists (select 1 from outbox_message o where o.bot_id = l.bot_id and o.outbox_id > l.outbox_floor
                                 and o.state in ('PENDING', 'RETRY', 'SENDING', 'UNCERTAIN') and o.finished_at is null))
                order by l.bot_id limit 1000
                """;
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setLong(1, after.value());
                select.setArray(
                        2,
                        connection.createArrayOf(
                                "bigint", held.stream().map(BotId::value).toArray()));
                select.setString(3, node);
                List<BotId> bots = new ArrayList<>();
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        bots.add(new BotId(rows.getLong(1)));
                    }
                }
                return bots;
            }
        });
    }

    /** Lets the bot go, if it is still ours in this epoch: to the heir, who takes it in a higher one, or to whoever comes first. */
    void release(BotId bot, String node, long epoch, @Nullable String heir) {
        String sql = "update bot_lease set node_id = ? where bot_id = ? and node_id = ? and epoch = ?";
        database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setString(1, heir);
                update.setLong(2, bot.value());
                update.setString(3, node);
                update.setLong(4, epoch);
                return update.executeUpdate();
            }
        });
    }

    /** Moves the floors of this node's bots up, never down. */
    void raise(Map<BotId, Floors> floors, String node) {
        String sql = """
                update bot_lease l set inbox_floor = greatest(l.inbox_floor, f.inbox), outbox_floor = greatest(l.outbox_floor, f.outbox)
                from unnest(?::bigint[], ?::bigint[], ?::bigint[]) as f (bot_id, inbox, outbox)
                where l.bot_id = f.bot_id and l.node_id = ?
                """;
        database.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                Columns.from(1, update, List.copyOf(floors.entrySet()))
                        .longs(entry -> entry.getKey().value())
                        .longs(entry -> entry.getValue().inbox())
                        .longs(entry -> entry.getValue().outbox());
                update.setString(4, node);
                return update.executeUpdate();
            }
        });
    }

    /** The highest ids that were given out so far, to inbox and outbox. */
    Floors highestIds() {
        String sql = "select i.last_value, o.last_value from inbox_id i, outbox_id o";
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return new Floors(row.getLong(1), row.getLong(2));
            }
        });
    }
}
