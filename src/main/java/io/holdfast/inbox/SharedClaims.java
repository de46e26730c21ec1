package io.holdfast.inbox;

import io.holdfast.due.DueKind;
import io.holdfast.due.DueRows;
import io.holdfast.event.Event;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Closes the rows of several turns in the caller's transaction, before anything else of them is written.
 *
 * <p>A statement each for the rows, their due rows and the events of refusals, of any bots. State and epoch are compared row by row:
 * what is not ours is left alone.
 */
public final class SharedClaims {

    /**
     * How a row ends, and who ends it.
     *
     * @param took how long its turn was at work
     */
    public record Closing(
            AcceptedUpdate row,
            Completion.Owner owner,
            InboxState state,
            @Nullable String reason,
            Duration took) {

        private DueRows.Ref due() {
            return new DueRows.Ref(row.bot(), row.inboxId());
        }

        private Event refused() {
            String why = Objects.requireNonNullElse(reason, "");
            return Event.ofUpdate(EventKind.REFUSED, row.bot(), row.inboxId(), state.name(), why, null)
                    .thatTook(took);
        }
    }

    private SharedClaims() {}

    /** Answers the ids of the rows that were open and are the caller's now. */
    public static Set<Long> claim(Connection connection, List<Closing> closings) throws SQLException {
        Set<Long> claimed = InboxRows.close(connection, closings);
        List<Closing> ours = closings.stream()
                .filter(closing -> claimed.contains(closing.row().inboxId()))
                .toList();
        DueRows.remove(
                connection,
                DueKind.INBOX,
                ours.stream()
                        .filter(closing -> closing.row().due())
                        .map(Closing::due)
                        .toList());
        Events.record(
                connection,
                ours.stream()
                        .filter(closing -> closing.state() == InboxState.REFUSED)
                        .map(Closing::refused)
                        .toList());
        return claimed;
    }
}
