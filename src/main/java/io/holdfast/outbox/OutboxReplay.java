package io.holdfast.outbox;

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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends a parked message again: the same row, without attempts, due now, with a whole deadline of its class. */
@ApplicationScoped
class OutboxReplay implements Replayer {

    @Override
    public ParkedWork.Queue queue() {
        return ParkedWork.Queue.OUTBOX;
    }

    @Override
    public LetterOutcome replay(Connection connection, Letter letter, boolean evenIfExpired) throws SQLException {
        String sql = "select state, class from outbox_message where bot_id = ? and outbox_id = ? for update";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, letter.bot().value());
            select.setLong(2, letter.row());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return new LetterOutcome.Impossible("its message was pruned");
                }
                OutboxState state = OutboxState.valueOf(row.getString(1));
                if (!state.canBecome(OutboxState.PENDING)) {
                    return new LetterOutcome.Impossible("its message is " + state);
                }
                reopen(
                        connection,
                        letter,
                        MessageClass.valueOf(row.getString(2)).deadline());
            }
        }
        DueRows.put(connection, letter.bot(), DueKind.OUTBOX, List.of(letter.row()), Duration.ZERO);
        return new LetterOutcome.Done();
    }

    @Override
    public byte @Nullable [] payload(Connection connection, Letter letter) throws SQLException {
        String sql = "select payload from outbox_message where bot_id = ? and outbox_id = ?";
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setLong(1, letter.bot().value());
            select.setLong(2, letter.row());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    private static void reopen(Connection connection, Letter letter, Duration deadline) throws SQLException {
        String sql = """
                update outbox_message
                set state = 'PENDING', attempts = 0, outcome = null, reason = null, finished_at = null,
                    deadline_at = clock_timestamp() + ? * interval '1 millisecond'
                where bot_id = ? and outbox_id = ?
                """;
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, deadline.toMillis());
            update.setLong(2, letter.bot().value());
            update.setLong(3, letter.row());
            update.executeUpdate();
        }
    }
}
