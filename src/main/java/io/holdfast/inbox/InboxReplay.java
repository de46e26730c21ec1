package io.holdfast.inbox;

import io.holdfast.deadletter.Letter;
import io.holdfast.deadletter.LetterOutcome;
import io.holdfast.deadletter.ParkedWork;
import io.holdfast.deadletter.Replayer;
import io.holdfast.due.DueKind;
import io.holdfast.due.DueRows;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives a parked update its turn again: the same row, without attempts and marks, due now. */
@ApplicationScoped
class InboxReplay implements Replayer {
    /** What an update that nobody can be answered on any more gets for its new turn. */
    static final Duration SECOND_LIFE = Duration.ofDays(1);

    @Override
    public ParkedWork.Queue queue() {
        return ParkedWork.Queue.INBOX;
    }

    @Override
    public LetterOutcome replay(Connection connection, Letter letter, boolean evenIfExpired) throws SQLException {
        LetterOutcome outcome = look(connection, letter, evenIfExpired);
        if (outcome instanceof LetterOutcome.Done) {
            reopen(connection, letter);
            DueRows.put(connection, letter.bot(), DueKind.INBOX, List.of(letter.row()), Duration.ZERO);
        }
        return outcome;
    }

    @Override
    public byte @Nullable [] payload(Connection connection, Letter letter) throws SQLException {
        String sql = "select payload from inbox_update where bot_id = ? and inbox_id = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, letter.bot().value());
            select.setLong(2, letter.row());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    private static LetterOutcome look(Connection connection, Letter letter, boolean evenIfExpired) throws SQLException {
        String sql = """
                select state, expires_at, expires_at < clock_timestamp()
                from inbox_update where bot_id = ? and inbox_id = ? for update
                """;
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, letter.bot().value());
            select.setLong(2, letter.row());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return new LetterOutcome.Impossible("its update was pruned");
                }
                InboxState state = InboxState.valueOf(row.getString(1));
                if (!state.canBecome(InboxState.PENDING)) {
                    return new LetterOutcome.Impossible("its update is " + state);
                }
                if (row.getBoolean(3) && !evenIfExpired) {
                    return new LetterOutcome.Expired(
                            row.getObject(2, OffsetDateTime.class).toInstant());
                }
                return new LetterOutcome.Done();
            }
        }
    }

    private static void reopen(Connection connection, Letter letter) throws SQLException {
        String sql = """
                update inbox_update
                set state = 'PENDING', attempts = 0, marks = 0, reason = null, finished_at = null,
                    expires_at = case when expires_at < clock_timestamp()
                                      then clock_timestamp() + ? * interval '1 second' else expires_at end
                where bot_id = ? and inbox_id = ?
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, SECOND_LIFE.toSeconds());
            update.setLong(2, letter.bot().value());
            update.setLong(3, letter.row());
            update.executeUpdate();
        }
    }
}
