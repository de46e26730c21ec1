package io.holdfast.inbox;

import io.holdfast.channel.UnreadableUpdateException;
import io.holdfast.channel.UpdateParser;
import io.holdfast.database.EngineDatabase;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Reads open updates back from their rows: at a take-over, when they are due, and when a queue had overflowed. */
@ApplicationScoped
public class InboxWork {
    private static final String COLUMNS = """
            select u.inbox_id, u.channel, u.payload, u.accepted_at, u.attempts, u.marks,
                   (select d.due_at > now() from due d
                    where d.bot_id = u.bot_id and d.kind = 'INBOX' and d.ref = u.inbox_id),
                   u.expires_at
            from inbox_update u
            where u.bot_id = ? and u.state in ('PENDING', 'RETRY')
            """;

    @Inject
    private EngineDatabase database;

    @Inject
    @Any
    private Instance<UpdateParser> parsers;

    /** The open rows above an id, oldest first, at most {@code limit}. */
    public List<AcceptedUpdate> above(BotId bot, long inboxId, int limit) {
        return database.run(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement(COLUMNS + " and u.inbox_id > ? order by u.inbox_id limit ?")) {
                select.setLong(1, bot.value());
                select.setLong(2, inboxId);
                select.setInt(3, limit);
                return read(bot, select);
            }
        });
    }

    /** All open rows that a due row refers to, oldest first. */
    public List<AcceptedUpdate> due(BotId bot) {
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    COLUMNS
                            + " and u.inbox_id in (select ref from due where bot_id = ? and kind = 'INBOX') order by u.inbox_id")) {
                select.setLong(1, bot.value());
                select.setLong(2, bot.value());
                return read(bot, select);
            }
        });
    }

    /** Those of the rows that are still open, oldest first. */
    public List<AcceptedUpdate> open(BotId bot, Collection<Long> inboxIds) {
        return database.run(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement(COLUMNS + " and u.inbox_id = any(?::bigint[]) order by u.inbox_id")) {
                select.setLong(1, bot.value());
                select.setArray(2, connection.createArrayOf("bigint", inboxIds.toArray()));
                return read(bot, select);
            }
        });
    }

    private List<AcceptedUpdate> read(BotId bot, PreparedStatement select) throws SQLException {
        List<AcceptedUpdate> rows = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                Instant acceptedAt = row.getObject(4, OffsetDateTime.class).toInstant();
                rows.add(new AcceptedUpdate(
                        row.getLong(1),
                        parser(row.getString(2))
                                .parse(bot, row.getBytes(3), acceptedAt)
                                .expiringAt(
                                        row.getObject(8, OffsetDateTime.class).toInstant()),
                        acceptedAt,
                        row.getInt(5),
                        row.getInt(6),
                        row.getObject(7) != null,
                        row.getBoolean(7)));
            }
        } catch (UnreadableUpdateException e) {
            // It was read before it was stored: only another version of the parser can fail here.
            throw new SQLException("A stored update cannot be read: " + e.getMessage(), "XX000", e);
        }
        return rows;
    }

    private UpdateParser parser(String channel) {
        return parsers.stream()
                .filter(parser -> parser.channel().equals(channel))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No parser reads the channel " + channel));
    }
}
