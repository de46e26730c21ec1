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
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
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

    @Inject
    private EngineDatabase engine;

    @Inject
    private TurnDatabase turn;

    @Inject
    private InboxConfig config;

    @Inject
    private InstantSource clock;

    private final RandomGenerator random = RandomGenerator.getDefault();

    /** What became of a failed turn. */
    public sealed interface Postponement {
        /** Its next turn is after the pause; a due row says so too, for whoever has the bot then. */
        record Retry(AcceptedUpdate row, Duration pause) implements Postponement {}

        /** It failed too often: it is a dead letter now. */
        record Parked() implements Postponement {}

        /** Its next turn would have come after its deadline. */
        record Expired() implements Postponement {}

        /** The row or the bot is no longer ours. */
        record Lost() implements Postponement {}
    }

    /**
     * How a turn failed.
     *
     * @param incident what the log knows the failure by, and the user where one is told
     * @param took how long the turn was at work until then
     */
    public record Failure(ErrorCategory category, String reason, String incident, Duration took) {}

    /** Who may change the row: the holder of the bot's lease in this epoch. */
    public record Owner(String node, long epoch) {}

    /**
     * T2, its first statement: closes the row inside the turn's transaction, before anything else is written.
     *
     * <p>Waits for another transaction that has the row, and then answers false: whoever comes second does nothing.
     */
    public boolean claim(AcceptedUpdate row, Owner owner, InboxState state) {
        return turn.run(connection -> {
            if (!InboxRows.close(connection, row, owner, state, null)) {
                return false;
            }
            if (row.due()) {
                DueRows.remove(connection, row.bot(), DueKind.INBOX, List.of(row.inboxId()));
            }
            return true;
        });
    }

    /** Notes that a pressed button is acknowledged, in the transaction that writes the call; false when it was before. */
    public boolean acknowledge(AcceptedUpdate row, Owner owner) {
        return turn.run(connection -> InboxRows.acknowledge(connection, row, owner));
    }

    /** T2 of an update that is refused because too much waits: closes the row, and says so in the event log. */
    public boolean refuse(AcceptedUpdate row, Owner owner, String reason) {
        return turn.run(connection -> {
            boolean closed = InboxRows.close(connection, row, owner, InboxState.REFUSED, reason);
            if (closed && row.due()) {
                DueRows.remove(connection, row.bot(), DueKind.INBOX, List.of(row.inboxId()));
            }
            if (closed) {
                Events.record(connection, event(EventKind.REFUSED, row, "overload", reason, null));
            }
            return closed;
        });
    }

    /** T2, its last statement where the turn was refused although its claim said DONE. */
    public void restateRefused(AcceptedUpdate row, String reason, Duration took) {
        InboxState state = InboxState.REFUSED;
        turn.run(connection -> {
            Events.record(
                    connection,
                    event(EventKind.REFUSED, row, state.name(), reason, null).thatTook(took));
            return InboxRows.restate(connection, row, state, reason);
        });
    }

    /** Closes a row that gets no turn any more, in a transaction of its own. */
    public boolean closeWithoutTurn(AcceptedUpdate row, Owner owner, InboxState state, String reason) {
        return engine.inTransaction(connection ->
                close(connection, row, owner, state, reason, event(EventKind.EXPIRED, row, "turn", reason, null)));
    }

    /**
     * T2': records in the current transaction that a turn failed.
     *
     * <p>After the last attempt, or where trying again is no use, the row is parked; where the next attempt would come after
     * its deadline, it expires now. A retry takes back the mark of a suspect: the process outlived its turn.
     */
    public Postponement postpone(AcceptedUpdate row, Owner owner, Failure failure) {
        ErrorCategory category = failure.category();
        AcceptedUpdate failed = row.failed(category);
        String incident = failure.incident();
        String why = "incident %s: %s".formatted(incident, failure.reason());
        if (failed.attempts() >= config.attempts || !category.retryable()) {
            Event parked = event(EventKind.PARKED, row, "turn", why, incident).thatTook(failure.took());
            return turn.run(connection -> park(connection, row, owner, failed.attempts(), why, parked))
                    ? new Postponement.Parked()
                    : new Postponement.Lost();
        }
        Duration pause = PAUSES.after(Math.max(1, failed.attempts()), random);
        if (row.update().expiresAt().isBefore(clock.instant().plus(pause))) {
            Event expired = event(EventKind.EXPIRED, row, "turn", why, incident).thatTook(failure.took());
            return turn.run(connection -> close(connection, row, owner, InboxState.EXPIRED, why, expired))
                    ? new Postponement.Expired()
                    : new Postponement.Lost();
        }
        return turn.run(connection -> {
            if (!InboxRows.retry(connection, failed, owner, why)) {
                return new Postponement.Lost();
            }
            DueRows.put(connection, row.bot(), DueKind.INBOX, List.of(row.inboxId()), pause);
            Events.record(
                    connection,
                    event(EventKind.RETRIED, row, category.name(), why, incident)
                            .thatTook(failure.took()));
            return new Postponement.Retry(failed, pause);
        });
    }

    /**
     * Marks a suspect before its turn, so that a turn which ends the process is known afterwards.
     *
     * @return false when it has its last mark and is parked instead of turned
     */
    public boolean mark(AcceptedUpdate row, Owner owner) {
        if (row.marks() + 1 >= config.marks) {
            String reason = "its turns ended with the process %d times".formatted(config.marks);
            Event parked = event(EventKind.PARKED, row, "turn", reason, null);
            engine.inTransaction(connection -> park(connection, row, owner, row.attempts(), reason, parked));
            return false;
        }
        engine.run(connection -> InboxRows.mark(connection, row, row.marks() + 1));
        return true;
    }

    /** Takes the mark back: the process outlived the turn, which ended nothing and changed nothing. */
    public void unmark(AcceptedUpdate row) {
        engine.run(connection -> InboxRows.mark(connection, row, row.marks()));
    }

    private static boolean park(
            Connection connection, AcceptedUpdate row, Owner owner, int attempts, String reason, Event parked)
            throws SQLException {
        if (!InboxRows.close(connection, row, owner, InboxState.PARKED, reason)) {
            return false;
        }
        if (row.due()) {
            DueRows.remove(connection, row.bot(), DueKind.INBOX, List.of(row.inboxId()));
        }
        DeadLetters.park(connection, ParkedTurn.of(connection, row, attempts, InboxRows.shortened(reason)));
        Events.record(connection, parked);
        return true;
    }

    private static boolean close(
            Connection connection, AcceptedUpdate row, Owner owner, InboxState state, String reason, Event expired)
            throws SQLException {
        boolean closed = InboxRows.close(connection, row, owner, state, reason);
        if (closed && row.due()) {
            DueRows.remove(connection, row.bot(), DueKind.INBOX, List.of(row.inboxId()));
        }
        if (closed && state == InboxState.EXPIRED) {
            Events.record(connection, expired);
        }
        return closed;
    }

    private static Event event(
            EventKind kind, AcceptedUpdate row, String outcome, String reason, @Nullable String incident) {
        return Event.ofUpdate(kind, row.bot(), row.inboxId(), outcome, reason, incident);
    }
}
