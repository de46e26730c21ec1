package io.holdfast.outbox;

import io.holdfast.kernel.BotId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Calls whose end nobody can tell any more: says in one statement what {@link Settlement#uncertain} says of a call that somebody made.
 *
 * <p>In its first doubt a message is called once more, unless its class forbids that. After that its next part follows where it has
 * one, else it stays uncertain. What is called again gets a due row.
 */
final class LostCalls {
    private static final String GIVEN_UP = "(o.uncertain_at is not null or o.class in (%s))"
            .formatted(Stream.of(MessageClass.values())
                    .filter(messageClass -> !messageClass.atLeastOnce())
                    .map("'%s'"::formatted)
                    .collect(Collectors.joining(", ")));

    private static final String MARK = """
            with lost as (
                update outbox_message o set outcome = 'UNCERTAIN', reason = ?,
                    state = case when NEXT_PART then 'RETRY' else 'UNCERTAIN' end,
                    attempts = o.attempts - case when NEXT_PART then 1 else 0 end,
                    payload = case when NEXT_PART then o.rest[1] else o.payload end,
                    rest = case when NEXT_PART then nullif(o.rest[2:], '{}') else o.rest end,
                    uncertain_at = case when NEXT_PART then null else coalesce(o.uncertain_at, clock_timestamp()) end,
                    finished_at = case when GIVEN_UP and o.rest is null then clock_timestamp() end
                where o.bot_id = ? and o.state = 'SENDING' and (WHICH)
                returning o.bot_id, o.outbox_id, o.state, o.finished_at),
            again as (
                insert into due (bot_id, kind, ref, due_at)
                select bot_id, 'OUTBOX', outbox_id,
                       clock_timestamp() + case when state = 'RETRY' then 0 else RESEND_AFTER end * interval '1 millisecond'
                from lost where finished_at is null
                on conflict (bot_id, kind, ref) do update set due_at = excluded.due_at, handed_at = null)
            select outbox_id from lost order by outbox_id
            """.replace("NEXT_PART", "(GIVEN_UP and o.rest is not null)")
            .replace("GIVEN_UP", GIVEN_UP)
            .replace("RESEND_AFTER", Long.toString(Settlement.RESEND_AFTER.toMillis()));

    /** Above the floor, or with a due row; takes the floor and the bot. */
    static final String OPEN =
            "o.outbox_id > ? or o.outbox_id in (select ref from due where bot_id = ? and kind = 'OUTBOX')";

    /** A call ends 10 s after its mark, one that may carry a file 120 s; and two for what is beside it. */
    private static final String LENGTH = """
            case when o.method like 'send%' and o.method not in ('sendMessage', 'sendChatAction')
                 then interval '122 seconds' else interval '12 seconds' end""";

    /** Its call must have ended. */
    static final String OVER = "o.sending_at < clock_timestamp() - " + LENGTH;

    private LostCalls() {}

    /** Has those calls of the bot looked at that may still be under way, once they must have ended. */
    static void comeBack(Connection connection, BotId bot, long floor) throws SQLException {
        String sql = """
                insert into due (bot_id, kind, ref, due_at)
                select o.bot_id, 'OUTBOX', o.outbox_id, o.sending_at + %s
                from outbox_message o where o.bot_id = ? and o.state = 'SENDING' and (%s)
                on conflict (bot_id, kind, ref) do update set due_at = excluded.due_at, handed_at = null
                """.formatted(LENGTH, OPEN);
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, bot.value());
            insert.setLong(2, floor);
            insert.setLong(3, bot.value());
            insert.executeUpdate();
        }
    }

    /** Sets the parameters of a condition, the first of them at the given place. */
    @FunctionalInterface
    interface Parameters {
        void set(PreparedStatement statement, int first) throws SQLException;
    }

    /**
     * Takes note of those calls in flight of the bot that the condition finds.
     *
     * @param which a condition on {@code outbox_message o}
     * @return their messages
     */
    static List<Long> mark(Connection connection, BotId bot, String reason, String which, Parameters parameters)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(MARK.replace("WHICH", which))) {
            update.setString(1, reason);
            update.setLong(2, bot.value());
            parameters.set(update, 3);
            List<Long> lost = new ArrayList<>();
            try (ResultSet rows = update.executeQuery()) {
                while (rows.next()) {
                    lost.add(rows.getLong(1));
                }
            }
            return lost;
        }
    }
}
