package io.holdfast.rig;

import io.holdfast.simulator.ApiCall;
import io.holdfast.simulator.SimBot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the database itself saw of the nodes: every move of a bot, and every turn, mark and settled call with the node that committed it.
 *
 * <p>Triggers write it down, in the transaction that they look at. Nodes are told apart by their database role. Who holds a bot is
 * looked up at the commit of an effect, so a node that lost the bot between statement and commit is found.
 */
final class Ledger {
    private static final String TABLES = """
            create schema rig;
            grant usage on schema rig to public;
            create table rig.member (role text primary key, node_id text not null);
            create unlogged table rig.move (
                seq bigint generated always as identity, at timestamptz not null, bot_id bigint not null, node_id text, epoch bigint not null,
                former text, former_lives boolean not null, by_node text);
            create unlogged table rig.effect (
                at timestamptz not null, bot_id bigint not null, what text not null, by_node text, holder text);
            create function rig.by_node() returns text language sql stable security definer
                as 'select node_id from rig.member where role = session_user';
            create function rig.note_move() returns trigger language plpgsql security definer as $$
            begin
                insert into rig.move (at, bot_id, node_id, epoch, former, former_lives, by_node)
                values (clock_timestamp(), new.bot_id, new.node_id, new.epoch, old.node_id,
                        exists (select 1 from public.node n
                                where n.node_id = old.node_id and n.lease_until > clock_timestamp() and n.stopped_at is null),
                        rig.by_node());
                return null;
            end $$;
            create function rig.note_effect() returns trigger language plpgsql security definer as $$
            begin
                insert into rig.effect (at, bot_id, what, by_node, holder)
                values (clock_timestamp(), new.bot_id, new.state, rig.by_node(),
                        (select l.node_id from public.bot_lease l where l.bot_id = new.bot_id));
                return null;
            end $$;
            create trigger rig_move after update of node_id, epoch on public.bot_lease
                for each row execute function rig.note_move();
            create constraint trigger rig_turn after update on public.inbox_update deferrable initially deferred
                for each row when (old.state is distinct from new.state and new.state = 'DONE')
                execute function rig.note_effect();
            create constraint trigger rig_mark after update on public.outbox_message deferrable initially deferred
                for each row when (old.state is distinct from new.state and new.state in ('SENDING', 'SENT'))
                execute function rig.note_effect();
            """;

    private final Installation installation;

    private Ledger(Installation installation) {
        this.installation = installation;
    }

    /** Begins to write down; the tables of the product must be there. */
    static Ledger begin(Installation installation, Map<String, String> nodesByRole) {
        installation.database().execute(TABLES);
        nodesByRole.forEach((role, node) ->
                installation.database().execute("insert into rig.member values ('%s', '%s')".formatted(role, node)));
        return new Ledger(installation);
    }

    /** Holds all bots of the load to the rule that a bot lives on one node at a time; calls are those after a place in the journal. */
    void judge(Verdict verdict, Load load, long callsAfter, long callsAllowed) {
        String bots = names(load.bots());
        long effects = number("select count(*) from rig.effect where bot_id in " + bots);
        verdict.figure("moves of bots", counted("""
                select coalesce(former, 'nowhere') || ' to ' || coalesce(node_id, 'nowhere'), count(*) from rig.move
                where node_id is distinct from former and bot_id in %s group by 1""".formatted(bots)));
        verdict.atMost("bots taken from a node that lives", (double) number("""
                select count(*) from rig.move
                where former_lives and node_id <> former and by_node <> former and bot_id in %s""".formatted(bots)), 0, "");
        verdict.atMost("bots taken without a new epoch", (double) number("""
                select count(*) from (
                    select node_id, former, by_node, epoch, lag(epoch, 1, -1::bigint) over (partition by bot_id order by seq) before
                    from rig.move where bot_id in %s) m
                where by_node = node_id and epoch <= before""".formatted(bots)), 0, "");
        verdict.figure("turns, marks and settled calls", counted("""
                select by_node || ' ' || what, count(*) from rig.effect
                where bot_id in %s group by 1""".formatted(bots)));
        verdict.none(
                "turns, marks, settled calls of another node than the bot's", number("""
                select count(*) from rig.effect
                where by_node is distinct from holder and bot_id in %s""".formatted(bots)), effects);
        long strangers = strangers(load.bots(), callsAfter);
        if (callsAllowed == 0) {
            verdict.none("calls of another node than the bot's", strangers, effects);
        } else {
            verdict.atMost("calls of another node than the bot's", (double) strangers, (double) callsAllowed, "");
        }
    }

    /** Which of these bots live where. */
    Map<String, Long> homes(List<SimBot> bots) {
        return counted("select node_id, count(*) from bot_lease where node_id is not null and bot_id in %s group by 1"
                .formatted(names(bots)));
    }

    /** The bots that live on a node, of these. */
    List<SimBot> living(List<SimBot> bots, Node node) {
        Map<String, Long> ids =
                counted("select bot_id::text, 1 from bot_lease where node_id = '%s'".formatted(node.id()));
        return bots.stream()
                .filter(bot -> ids.containsKey(Long.toString(bot.id())))
                .toList();
    }

    /** How many bots of the whole installation each node that lives holds. */
    Map<String, Long> spread() {
        return counted("""
                select n.node_id, count(l.bot_id) from node n left join bot_lease l on l.node_id = n.node_id
                where n.stopped_at is null and n.lease_until > now() group by 1""");
    }

    /** Calls to chats by a node at a moment at which the bot lived elsewhere. */
    private long strangers(List<SimBot> bots, long callsAfter) {
        Map<Long, NavigableMap<Instant, String>> homes = new HashMap<>();
        read(
                "select bot_id, at, coalesce(node_id, '') from rig.move where bot_id in " + names(bots),
                row -> homes.computeIfAbsent(row.getLong(1), bot -> new TreeMap<>())
                        .put(row.getObject(2, OffsetDateTime.class).toInstant(), row.getString(3)));
        return installation.simulator().journal().callsAfter(callsAfter).stream()
                .filter(call -> call.chatId() != 0 && homes.containsKey(call.botId()))
                .filter(call -> !lives(call, homes.getOrDefault(call.botId(), new TreeMap<>())))
                .count();
    }

    /** The journal counts in whole milliseconds. */
    private static boolean lives(ApiCall call, NavigableMap<Instant, String> homes) {
        Map.Entry<Instant, String> home = homes.floorEntry(call.at().plusMillis(1));
        Map.Entry<Instant, String> before = homes.floorEntry(call.at());
        return home == null
                || call.caller().equals(home.getValue())
                || (before != null && call.caller().equals(before.getValue()));
    }

    private static String names(List<SimBot> bots) {
        return bots.stream().map(bot -> Long.toString(bot.id())).collect(Collectors.joining(", ", "(", ")"));
    }

    private long number(String sql) {
        return counted("select 'it', (%s)".formatted(sql)).getOrDefault("it", 0L);
    }

    private Map<String, Long> counted(String sql) {
        Map<String, Long> counts = new TreeMap<>();
        read(sql, row -> counts.put(String.valueOf(row.getString(1)), row.getLong(2)));
        return counts;
    }

    @FunctionalInterface
    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    /** As the superuser, who may read what the triggers wrote. */
    private void read(String sql, Row each) {
        try (Connection connection = installation.database().connect();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                each.take(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
