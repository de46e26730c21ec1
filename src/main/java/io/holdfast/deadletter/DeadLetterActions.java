package io.holdfast.deadletter;

import io.holdfast.database.EngineDatabase;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Replays and discards dead letters, each in one transaction with the row of its queue, its due row, its history and its event.
 *
 * <p>The dead letter is locked first: of two operators who act at the same time one is told that the other was faster.
 */
@ApplicationScoped
public class DeadLetterActions {

    @Inject
    private EngineDatabase database;

    @Inject
    @Any
    private Instance<Replayer> replayers;

    @Inject
    private DeadLetterMetrics metrics;

    private record Locked(Letter letter, DeadLetterState state, boolean botStays) {}

    /** Puts the work back into its queue. */
    public LetterOutcome replay(long id, String operator, boolean evenIfExpired) {
        return database.inTransaction(connection -> replay(connection, id, operator, evenIfExpired));
    }

    /** Gives the work up. */
    public LetterOutcome discard(long id, String operator, String reason) {
        return database.inTransaction(connection -> discard(connection, id, operator, reason));
    }

    /** The bytes of the parked work; empty when there is no such dead letter, or its bytes are gone. */
    public Optional<byte[]> payload(long id) {
        return database.run(connection -> {
            Locked locked = find(connection, id, "");
            return locked == null
                    ? Optional.empty()
                    : Optional.ofNullable(replayer(locked.letter().queue()).payload(connection, locked.letter()));
        });
    }

    LetterOutcome replay(Connection connection, long id, String operator, boolean evenIfExpired) throws SQLException {
        Locked locked = find(connection, id, " for update of d");
        if (locked == null) {
            return new LetterOutcome.Unknown();
        }
        if (!locked.state().canBecome(DeadLetterState.REPLAYED)) {
            return new LetterOutcome.Closed(locked.state());
        }
        if (!locked.botStays()) {
            return new LetterOutcome.Impossible("its bot was deleted");
        }
        Letter letter = locked.letter();
        LetterOutcome outcome = replayer(letter.queue()).replay(connection, letter, evenIfExpired);
        if (outcome instanceof LetterOutcome.Done) {
            close(connection, letter, locked.state().become(DeadLetterState.REPLAYED), operator, null);
        }
        return outcome;
    }

    LetterOutcome discard(Connection connection, long id, String operator, @Nullable String reason)
            throws SQLException {
        Locked locked = find(connection, id, " for update of d");
        if (locked == null) {
            return new LetterOutcome.Unknown();
        }
        if (!locked.state().canBecome(DeadLetterState.DISCARDED)) {
            return new LetterOutcome.Closed(locked.state());
        }
        close(connection, locked.letter(), locked.state().become(DeadLetterState.DISCARDED), operator, reason);
        return new LetterOutcome.Done();
    }

    private void close(
            Connection connection, Letter letter, DeadLetterState state, String operator, @Nullable String reason)
            throws SQLException {
        String sql = """
                update dead_letter set state = ?, closed_at = clock_timestamp(), next_alert_at = null,
                    replays = replays + case ? when 'REPLAYED' then 1 else 0 end
                where bot_id = ? and dead_letter_id = ?
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, state.name());
            update.setString(2, state.name());
            update.setLong(3, letter.bot().value());
            update.setLong(4, letter.id());
            update.executeUpdate();
        }
        LetterSteps.add(connection, letter.bot(), letter.id(), state, operator, reason);
        EventKind kind = state == DeadLetterState.REPLAYED ? EventKind.REPLAYED : EventKind.DISCARDED;
        String text = reason == null ? "by " + operator : "by %s: %s".formatted(operator, reason);
        Events.record(
                connection, LetterSteps.event(kind, letter.bot(), letter.queue(), letter.ref(), state.name(), text));
        metrics.closed(state);
    }

    private static @Nullable Locked find(Connection connection, long id, String lock) throws SQLException {
        String sql = """
                select d.bot_id, d.queue, d.ref, d.parked_at, d.payload, coalesce(d.payload_size, 0), d.state,
                       exists (select 1 from bot b where b.bot_id = d.bot_id and b.tenant_id = d.tenant_id)
                from dead_letter d where d.dead_letter_id = ?
                """ + lock;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? locked(id, row) : null;
            }
        }
    }

    private static Locked locked(long id, ResultSet row) throws SQLException {
        Letter letter = new Letter(
                new BotId(row.getLong(1)),
                id,
                ParkedWork.Queue.valueOf(row.getString(2)),
                row.getObject(3, Long.class),
                row.getObject(4, OffsetDateTime.class).toInstant(),
                row.getBytes(5),
                row.getLong(6));
        return new Locked(letter, DeadLetterState.valueOf(row.getString(7)), row.getBoolean(8));
    }

    private Replayer replayer(ParkedWork.Queue queue) {
        return replayers.stream()
                .filter(replayer -> replayer.queue() == queue)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Nobody replays dead letters of " + queue));
    }
}
