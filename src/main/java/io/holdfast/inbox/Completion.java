package io.holdfast.inbox;

import io.holdfast.database.EngineDatabase;
import io.holdfast.database.TurnDatabase;
import io.holdfast.deadletter.DeadLetters;
import io.holdfast.due.DueKind;
import io.holdfast.due.DueRows;
import io.holdfast.event.Event;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.resilience.Backoff;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Ends or postpones the turn of one row.
 *
 * <p>Every statement compares state and epoch: a node that has lost the bot changes nothing.
 */
@ApplicationScoped
public class Completion {
    private static final Backoff PAUSES = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(64), 0.2);
    private static final int LONGEST_REASON = 500;

    @Inject
    private EngineDatabase engine;

    @Inject
    private TurnDatabase turn;

    @Inject
    private InboxConfig config;

    private final RandomGenerator random = RandomGenerator.getDefault();

    /** What became of a failed turn. */
    public enum Postponement {
        /** A due row brings it back. */
        RETRY,
        /** It failed too often: it is a dead letter now. */
        PARKED,
        /** The row or the bot is no longer ours. */
        LOST
    }

    /** Who may change the row: the holder of the bot's lease in this epoch. */
    public record Owner(String node, long epoch) {}

    /**
     * T2, its first statement: closes the row inside the turn's transaction, before anything else is written.
     *
     * <p>Waits for another transaction that has the row, and then answers false: whoever comes second does nothing.
     */
    public boolean claim(AcceptedUpdate row, Owner owner, InboxState state) {
        return turn.run(connection -> {
            if (!close(connection, row, owner, state, null)) {
                return false;
            }
            if (row.due()) {
                DueRows.remove(connection, row.bot(), DueKind.INBOX, List.of(row.inboxId()));
            }
            return true;
        });
    }

    /** T2, its last statement where the turn ended otherwise than its claim said. */
    public void restate(AcceptedUpdate row, InboxState state, String reason) {
        String sql = "update inbox_update set state = ?, reason = ? where bot_id = ? and inbox_id = ?";
        turn.run(connection -> {
            if (state == InboxState.REFUSED) {
                Events.record(connection, event(EventKind.REFUSED, row, state.name(), reason, null));
            }
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setString(1, state.name());
                update.setString(2, shortened(reason));
                update.setLong(3, row.bot().value());
                update.setLong(4, row.inboxId());
                return update.executeUpdate();
            }
        });
    }

    /** Closes a row that gets no turn any more, in a transaction of its own. */
    public boolean closeWithoutTurn(AcceptedUpdate row, Owner owner, InboxState state, String reason) {
        return engine.inTransaction(connection -> {
            boolean closed = close(connection, row, owner, state, reason);
            if (closed && row.due()) {
                DueRows.remove(connection, row.bot(), DueKind.INBOX, List.of(row.inboxId()));
            }
            return closed;
        });
    }

    /** T2': records that a turn failed; after the last attempt, or where trying again is no use, the row is parked. */
    public Postponement postpone(
            AcceptedUpdate row, Owner owner, ErrorCategory category, String reason, String incident) {
        int attempts = row.failed(category).attempts();
        if (attempts >= config.attempts || !category.retryable()) {
            return park(row, owner, attempts, reason) ? Postponement.PARKED : Postponement.LOST;
        }
        Duration pause = PAUSES.after(Math.max(1, attempts), random);
        return engine.inTransaction(connection -> {
            if (!retry(connection, row, owner, attempts, reason)) {
                return Postponement.LOST;
            }
            DueRows.put(connection, row.bot(), DueKind.INBOX, List.of(row.inboxId()), pause);
            Events.record(connection, event(EventKind.RETRIED, row, category.name(), reason, incident));
            return Postponement.RETRY;
        });
    }

    /**
     * Marks a suspect before its turn, so that a turn which ends the process is known afterwards.
     *
     * @return false when it has its last mark and is parked instead of turned
     */
    public boolean mark(AcceptedUpdate row, Owner owner) {
        if (row.marks() + 1 >= config.marks) {
            park(row, owner, row.attempts(), "its turns ended with the process %d times".formatted(config.marks));
            return false;
        }
        String sql = "update inbox_update set marks = marks + 1 where bot_id = ? and inbox_id = ?";
        engine.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setLong(1, row.bot().value());
                update.setLong(2, row.inboxId());
                return update.executeUpdate();
            }
        });
        return true;
    }

    private boolean park(AcceptedUpdate row, Owner owner, int attempts, String reason) {
        return engine.inTransaction(connection -> {
            if (!close(connection, row, owner, InboxState.PARKED, reason)) {
                return false;
            }
            if (row.due()) {
                DueRows.remove(connection, row.bot(), DueKind.INBOX, List.of(row.inboxId()));
            }
            DeadLetters.park(connection, ParkedTurn.of(connection, row, attempts, shortened(reason)));
            return true;
        });
    }

    private static Event event(
            EventKind kind, AcceptedUpdate row, String outcome, String reason, @Nullable String incident) {
        return Event.ofUpdate(kind, row.bot(), row.inboxId(), outcome, reason, incident);
    }

    private static boolean close(
            Connection connection, AcceptedUpdate row, Owner owner, InboxState state, @Nullable String reason)
            throws SQLException {
        String sql = """
                update inbox_update u set state = ?, reason = coalesce(?, u.reason), finished_at = clock_timestamp()
                from bot_lease l
                where u.bot_id = ? and u.inbox_id = ? and u.state in ('PENDING', 'RETRY')
                  and l.bot_id = u.bot_id and l.node_id = ? and l.epoch = ?
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setString(1, state.name());
            update.setString(2, reason == null ? null : shortened(reason));
            update.setLong(3, row.bot().value());
            update.setLong(4, row.inboxId());
            update.setString(5, owner.node());
            update.setLong(6, owner.epoch());
            return update.executeUpdate() == 1;
        }
    }

    private static boolean retry(Connection connection, AcceptedUpdate row, Owner owner, int attempts, String reason)
            throws SQLException {
        String sql = """
                update inbox_update u set state = 'RETRY', attempts = ?, reason = ?
                from bot_lease l
                where u.bot_id = ? and u.inbox_id = ? and u.state in ('PENDING', 'RETRY')
                  and l.bot_id = u.bot_id and l.node_id = ? and l.epoch = ?
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setInt(1, attempts);
            update.setString(2, shortened(reason));
            update.setLong(3, row.bot().value());
            update.setLong(4, row.inboxId());
            update.setString(5, owner.node());
            update.setLong(6, owner.epoch());
            return update.executeUpdate() == 1;
        }
    }

    private static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }
}
