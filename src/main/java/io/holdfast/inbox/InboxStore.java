package io.holdfast.inbox;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.database.Columns;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** T1: one statement stores all updates of a batch that are not stored yet. */
@ApplicationScoped
class InboxStore {

    /**
     * What became of one update of a batch. {@code open} says whether its turn is still to come, {@code late} that older ones of its
     * bot may be on their way from another node, {@code earlier} what became of it since it was stored by an earlier delivery.
     */
    record Insertion(
            long inboxId,
            Instant acceptedAt,
            boolean open,
            boolean late,
            @Nullable Earlier earlier) {

        boolean duplicate() {
            return earlier != null;
        }

        /** The row as it is stored. */
        AcceptedUpdate row(InboundUpdate update) {
            return earlier == null
                    ? new AcceptedUpdate(inboxId, update, acceptedAt, 0, 0, false, false)
                    : new AcceptedUpdate(
                            inboxId,
                            update.expiringAt(earlier.expiresAt()),
                            acceptedAt,
                            earlier.attempts(),
                            earlier.marks(),
                            earlier.due(),
                            earlier.waits());
        }
    }

    /** What of an {@link AcceptedUpdate} changes after it was stored. */
    record Earlier(int attempts, int marks, boolean due, boolean waits, Instant expiresAt) {}

    private record Key(long bot, String channel, String externalId) {
        static Key of(InboundUpdate update) {
            return new Key(update.bot().value(), update.channel(), update.externalId());
        }
    }

    /** Stores the batch and answers each update, in order; ids rise in the order of the batch. */
    List<Insertion> insert(Connection connection, List<NewUpdate> batch) throws SQLException {
        Map<Key, Insertion> known = insertNew(connection, batch);
        List<NewUpdate> conflicts = batch.stream()
                .filter(row -> !known.containsKey(Key.of(row.update())))
                .toList();
        if (!conflicts.isEmpty()) {
            known.putAll(findStored(connection, conflicts));
        }
        List<Insertion> answers = new ArrayList<>(batch.size());
        Map<Key, Boolean> seen = new HashMap<>();
        for (NewUpdate row : batch) {
            Key key = Key.of(row.update());
            Insertion insertion = known.get(key);
            if (insertion == null) {
                throw new SQLException("An update neither was inserted nor is stored", "40001");
            }
            boolean again = seen.put(key, true) != null;
            answers.add(again ? again(insertion, row.update()) : insertion);
        }
        return answers;
    }

    /** A second one of the same batch: the first one is handed on. */
    private static Insertion again(Insertion first, InboundUpdate update) {
        return new Insertion(
                first.inboxId(), first.acceptedAt(), false, false, new Earlier(0, 0, false, false, update.expiresAt()));
    }

    private Map<Key, Insertion> insertNew(Connection connection, List<NewUpdate> batch) throws SQLException {
        String sql = """
                insert into inbox_update
                    (bot_id, channel, external_id, dedupe_key, kind, queue_key, chat_id, user_id, expires_at, payload)
                select bot_id, channel, external_id, dedupe_key, kind, queue_key, chat_id, user_id,
                       to_timestamp(expires / 1000.0), payload
                from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[],
                            ?::bigint[], ?::bytea[])
                     as u (bot_id, channel, external_id, dedupe_key, kind, queue_key, chat_id, user_id, expires, payload)
                on conflict do nothing
                returning bot_id, channel, external_id, inbox_id, accepted_at,
                    exists (select 1 from due d
                            where d.bot_id = inbox_update.bot_id and d.kind = 'INBOX'
                              and d.handed_at is null and d.due_at <= now())
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            bind(insert, batch);
            Map<Key, Insertion> inserted = new HashMap<>();
            try (ResultSet rows = insert.executeQuery()) {
                while (rows.next()) {
                    inserted.put(
                            new Key(rows.getLong(1), rows.getString(2), rows.getString(3)),
                            new Insertion(rows.getLong(4), instant(rows, 5), true, rows.getBoolean(6), null));
                }
            }
            return inserted;
        }
    }

    private static void bind(PreparedStatement insert, List<NewUpdate> batch) throws SQLException {
        identity(insert, batch)
                .texts(row -> row.update().kind())
                .texts(row -> row.update().queueKey())
                .longs(row ->
                        row.update().chat() == null ? null : row.update().chat().id())
                .longs(row ->
                        row.update().user() == null ? null : row.update().user().id())
                .longs(row -> row.update().expiresAt().toEpochMilli())
                .bytes(NewUpdate::payload);
    }

    private static Columns<NewUpdate> identity(PreparedStatement statement, List<NewUpdate> batch) throws SQLException {
        return Columns.from(1, statement, batch)
                .longs(row -> row.update().bot().value())
                .texts(row -> row.update().channel())
                .texts(row -> row.update().externalId())
                .texts(row -> row.update().dedupeKey());
    }

    /** The row under the update's own id, else the one under its second identity. */
    private Map<Key, Insertion> findStored(Connection connection, List<NewUpdate> batch) throws SQLException {
        String sql = """
                select k.bot_id, k.channel, k.external_id, u.inbox_id, u.accepted_at, u.state in ('PENDING', 'RETRY'),
                       u.attempts, u.marks, d.due_at > now(), u.expires_at
                from unnest(?::bigint[], ?::text[], ?::text[], ?::text[]) as k (bot_id, channel, external_id, dedupe_key)
                cross join lateral (
                    select * from inbox_update s
                    where s.bot_id = k.bot_id and s.channel = k.channel and s.external_id = k.external_id
                    union all
                    select * from inbox_update s
                    where s.bot_id = k.bot_id and s.channel = k.channel and s.dedupe_key = k.dedupe_key
                    limit 1) as u
                left join due d on d.bot_id = u.bot_id and d.kind = 'INBOX' and d.ref = u.inbox_id
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            identity(select, batch);
            Map<Key, Insertion> stored = new HashMap<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    stored.put(
                            new Key(rows.getLong(1), rows.getString(2), rows.getString(3)),
                            new Insertion(rows.getLong(4), instant(rows, 5), rows.getBoolean(6), false, earlier(rows)));
                }
            }
            return stored;
        }
    }

    private static Earlier earlier(ResultSet rows) throws SQLException {
        return new Earlier(
                rows.getInt(7), rows.getInt(8), rows.getObject(9) != null, rows.getBoolean(9), instant(rows, 10));
    }

    private static Instant instant(ResultSet rows, int column) throws SQLException {
        return rows.getObject(column, OffsetDateTime.class).toInstant();
    }
}
