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

    /**
     * The first open rows after an id, oldest first, at most {@code limit}: of those above the bot's floor, and of those that a
     * due row refers to; at or below the floor there are no others.
     *
     * <p>What is left out has a higher id than all that is answered.
     */
    public List<AcceptedUpdate> unfinished(BotId bot, long after, long floor, int limit) {
        // A limit of each part, so that neither finished rows nor what is over the limit is read.
        String sql = COLUMNS + """
                 and u.inbox_id in (
                    (select o.inbox_id from inbox_update o
                     where o.bot_id = ? and o.inbox_id > ? and o.state in ('PENDING', 'RETRY')
                     order by o.inbox_id limit ?)
                    union
                    (select d.ref from due d join inbox_update o on o.bot_id = d.bot_id and o.inbox_id = d.ref
                     where d.bot_id = ? and d.kind = 'INBOX' and d.ref > ? and o.state in ('PENDING', 'RETRY')
                     order by d.ref limit ?))
                order by u.inbox_id limit ?
                """;
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setLong(1, bot.value());
                select.setLong(2, bot.value());
                select.setLong(3, Math.max(after, floor));
                select.setInt(4, limit);
                select.setLong(5, bot.value());
                select.setLong(6, after);
                select.setInt(7, limit);
                select.setInt(8, limit);
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
