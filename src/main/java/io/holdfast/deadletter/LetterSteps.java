package io.holdfast.deadletter;

import io.holdfast.event.Event;
import io.holdfast.event.EventKind;
import io.holdfast.kernel.BotId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The history of a dead letter, and the events of its steps, written with the step. */
final class LetterSteps {

    private LetterSteps() {}

    /**
     * Adds a step to the dead letter's history.
     *
     * @param operator who did it; null for the server itself
     */
    static void add(
            Connection connection,
            BotId bot,
            long id,
            DeadLetterState state,
            @Nullable String operator,
            @Nullable String reason)
            throws SQLException {
        String sql = """
                insert into dead_letter_step (bot_id, dead_letter_id, state, operator, reason) values (?, ?, ?, ?, ?)
                """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, bot.value());
            insert.setLong(2, id);
            insert.setString(3, state.name());
            insert.setString(4, operator);
            insert.setString(5, reason);
            insert.executeUpdate();
        }
    }

    /** An event on the timeline of the parked row, or of the bot where nothing could be stored as a row. */
    static Event event(
            EventKind kind,
            BotId bot,
            ParkedWork.Queue queue,
            @Nullable Long ref,
            String outcome,
            @Nullable String reason) {
        return new Event(
                kind,
                bot,
                queue == ParkedWork.Queue.INBOX ? ref : null,
                queue == ParkedWork.Queue.OUTBOX ? ref : null,
                outcome,
                reason,
                null,
                null);
    }
}
