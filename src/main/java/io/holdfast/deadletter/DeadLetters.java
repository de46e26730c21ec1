package io.holdfast.deadletter;

import io.holdfast.event.Event;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Parked work: written on the connection of whoever parks it, so that parking and closing the row are one commit.
 *
 * <p>Parking the same row again changes nothing while its dead letter is open. Once that was replayed or discarded it opens
 * again, with new deadlines, and keeps its history.
 */
public final class DeadLetters {

    private DeadLetters() {}

    /**
     * Writes one dead letter and its first step on the caller's connection.
     *
     * <p>The event PARKED is written by whoever parks a row, who knows the incident; of a body without a row it is written here.
     */
    public static void park(Connection connection, ParkedWork work) throws SQLException {
        Long id = open(connection, work, now(connection));
        if (id != null) {
            LetterSteps.add(connection, work.bot(), id, DeadLetterState.OPEN, null, work.reason());
            if (work.ref() == null) {
                Events.record(
                        connection,
                        Event.ofBot(EventKind.PARKED, work.bot(), work.queue().name(), work.reason()));
            }
            DeadLetterMetrics.parked(work);
        }
    }

    private static @Nullable Long open(Connection connection, ParkedWork work, Instant now) throws SQLException {
        String sql = """
                insert into dead_letter (bot_id, queue, ref, priority, owner, reason, detail, payload, payload_size,
                                         parked_at, triage_at, due_at, next_alert_at, tenant_id)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (select tenant_id from bot where bot_id = ?))
                on conflict (bot_id, queue, ref) where ref is not null do update
                set priority = excluded.priority, owner = excluded.owner, reason = excluded.reason, detail = excluded.detail,
                    parked_at = excluded.parked_at, triage_at = excluded.triage_at, due_at = excluded.due_at,
                    next_alert_at = excluded.next_alert_at, alerted_at = null, closed_at = null, state = 'OPEN'
                where dead_letter.state <> 'OPEN'
                returning dead_letter_id
                """;
        ServiceLevel level = ServiceLevel.of(work.priority(), now);
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, work.bot().value());
            insert.setString(2, work.queue().name());
            insert.setObject(3, work.ref(), Types.BIGINT);
            insert.setString(4, work.priority().name());
            insert.setString(5, work.owner().name());
            insert.setString(6, work.reason());
            insert.setString(7, work.detail());
            insert.setBytes(8, work.payload());
            insert.setObject(9, work.payloadSize(), Types.BIGINT);
            insert.setObject(10, utc(now));
            insert.setObject(11, utc(level.triageAt()));
            insert.setObject(12, utc(level.dueAt()));
            insert.setObject(13, utc(level.firstAlertAt(work.priority(), now)));
            insert.setLong(14, work.bot().value());
            try (ResultSet row = insert.executeQuery()) {
                return row.next() ? row.getLong(1) : null;
            }
        }
    }

    /** The database's clock, to the microsecond that its columns keep. */
    private static Instant now(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select clock_timestamp()");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
