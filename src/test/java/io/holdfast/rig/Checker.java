package io.holdfast.rig;

import io.holdfast.simulator.SimBot;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Asks the tables what became of the work of some bots, as the owner of the tables. */
final class Checker {
    private static final Pattern NUMBER = Pattern.compile("m(\\d+)[ \"]");

    private final Installation installation;
    private final String bots;

    Checker(Installation installation, List<SimBot> bots) {
        this.installation = installation;
        this.bots = bots.stream().map(bot -> Long.toString(bot.id())).collect(Collectors.joining(", ", "(", ")"));
    }

    /** Updates and messages without an end, and due rows. */
    long unfinished() {
        return installation.number("""
                select (select count(*) from inbox_update where bot_id in %1$s and state in ('PENDING', 'RETRY'))
                     + (select count(*) from outbox_message where bot_id in %1$s and finished_at is null)
                     + (select count(*) from due where bot_id in %1$s)
                """.formatted(bots));
    }

    /** The first of them, with what is known of each. */
    String left() {
        List<String> left = new ArrayList<>();
        read("""
                select 'update ' || inbox_id || ' ' || state || ' ' || coalesce(reason, '') from inbox_update
                where bot_id in %1$s and state in ('PENDING', 'RETRY')
                union all
                select 'message ' || outbox_id || ' ' || state || ' ' || coalesce(reason, '') from outbox_message
                where bot_id in %1$s and finished_at is null
                union all
                select 'due ' || d.kind || ' ' || d.ref || ' in ' || (d.due_at - now()) || ', handed on in '
                       || coalesce((d.handed_at - now())::text, 'no time') || ', its work '
                       || coalesce(i.state, o.state, 'is gone')
                from due d
                left join inbox_update i on i.bot_id = d.bot_id and i.inbox_id = d.ref and d.kind = 'INBOX'
                left join outbox_message o on o.bot_id = d.bot_id and o.outbox_id = d.ref and d.kind = 'OUTBOX'
                where d.bot_id in %1$s
                limit 20
                """.formatted(bots), row -> left.add(row.getString(1)));
        return left.toString();
    }

    /** Those of them that are past the time at which they must have ended. */
    long pastDeadline() {
        return installation.number("""
                select (select count(*) from inbox_update
                        where bot_id in %1$s and state in ('PENDING', 'RETRY') and expires_at < now())
                     + (select count(*) from outbox_message
                        where bot_id in %1$s and finished_at is null and deadline_at < now())
                """.formatted(bots));
    }

    /** Messages of which nobody knows, or will know after a crash, whether they arrived. */
    long inDoubt() {
        return installation.number(
                "select count(*) from outbox_message where bot_id in %s and state in ('SENDING', 'UNCERTAIN')"
                        .formatted(bots));
    }

    /** Messages that were in doubt at any time. */
    long everInDoubt() {
        return installation.number(
                "select count(*) from outbox_message where bot_id in %s and uncertain_at is not null".formatted(bots));
    }

    long deadLetters() {
        return installation.number("select count(*) from dead_letter where bot_id in " + bots);
    }

    /** Chats whose number of effects is another than the number of messages said. */
    long wrongEffects(Map<Long, Integer> saidByChat) {
        Map<Long, Integer> effects = new HashMap<>();
        read(
                "select chat_id, (convert_from(body, 'UTF8')::json ->> 'count')::int from chat_state where bot_id in "
                        + bots,
                row -> effects.put(row.getLong(1), row.getInt(2)));
        return saidByChat.entrySet().stream()
                .filter(said -> !said.getValue().equals(effects.getOrDefault(said.getKey(), 0)))
                .count();
    }

    /** How many rows ended in each state, as one line. */
    String states() {
        Map<String, Long> states = new TreeMap<>();
        read("""
                select 'inbox ' || state, count(*) from inbox_update where bot_id in %1$s group by state
                union all
                select 'outbox ' || state, count(*) from outbox_message where bot_id in %1$s group by state
                """.formatted(bots), row -> states.put(row.getString(1), row.getLong(2)));
        return states.toString();
    }

    /** The messages that have a named end other than an answer, with that end. */
    Map<Echoes.Message, String> namedEnds() {
        Map<Echoes.Message, String> ends = new HashMap<>();
        read("""
                select chat_id, state, convert_from(payload, 'UTF8') from inbox_update
                where bot_id in %1$s and state not in ('DONE', 'PENDING', 'RETRY') and chat_id is not null
                union all
                select chat_id, state, convert_from(payload, 'UTF8') from outbox_message
                where bot_id in %1$s and state <> 'SENT' and finished_at is not null
                """.formatted(bots), row -> {
            Matcher number = NUMBER.matcher(row.getString(3));
            if (number.find()) {
                ends.put(new Echoes.Message(row.getLong(1), Integer.parseInt(number.group(1))), row.getString(2));
            }
        });
        return ends;
    }

    @FunctionalInterface
    private interface Row {
        void take(ResultSet row) throws SQLException;
    }

    private void read(String sql, Row each) {
        try (Connection connection = installation.database().connectAsOwner();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                each.take(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
