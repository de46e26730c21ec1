package io.holdfast.event;

import io.holdfast.database.Columns;
import io.holdfast.kernel.BotId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The event log's writing side: on the connection of whoever does the step, so that step and event are one commit.
 *
 * <p>One statement however many events; none for an empty list. The way of an update without trouble writes none.
 */
public final class Events {
    /** The bot id of events that belong to no bot; Telegram's ids begin at one. */
    static final long INSTALLATION = 0;

    private static final int LONGEST_REASON = 500;

    private Events() {}

    /** Writes one event on the caller's connection. */
    public static void record(Connection connection, Event event) throws SQLException {
        record(connection, List.of(event));
    }

    /** Writes the events on the caller's connection, in order. */
    public static void record(Connection connection, List<Event> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        String sql = """
                insert into event (bot_id, kind, inbox_id, outbox_id, outcome, reason, incident, duration_ms)
                select * from unnest(?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[],
                                     ?::bigint[])
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            Columns.from(1, insert, events)
                    .longs(Events::bot)
                    .texts(event -> event.kind().name())
                    .longs(Event::inboxId)
                    .longs(Event::outboxId)
                    .texts(Event::outcome)
                    .texts(event -> shortened(event.reason()))
                    .texts(Event::incident)
                    .longs(Event::durationMs);
            insert.executeUpdate();
        }
    }

    private static Long bot(Event event) {
        BotId bot = event.bot();
        return bot == null ? INSTALLATION : bot.value();
    }

    private static @Nullable String shortened(@Nullable String reason) {
        return reason == null || reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }
}
