package io.holdfast.outbox;

import io.holdfast.deadletter.Letter;
import io.holdfast.deadletter.LetterOutcome;
import io.holdfast.deadletter.ParkedWork;
import io.holdfast.deadletter.Replayer;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Sends a parked or expired message again, as {@link Reopening} says. */
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
                Reopening.reopen(connection, letter.bot(), letter.row(), MessageClass.valueOf(row.getString(2)));
            }
        }
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
}
