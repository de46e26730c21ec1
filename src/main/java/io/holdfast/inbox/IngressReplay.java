package io.holdfast.inbox;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.channel.UnreadableUpdateException;
import io.holdfast.channel.UpdateParser;
import io.holdfast.database.EngineDatabase;
import io.holdfast.deadletter.Letter;
import io.holdfast.deadletter.LetterOutcome;
import io.holdfast.deadletter.ParkedWork;
import io.holdfast.deadletter.Replayer;
import io.holdfast.due.DueKind;
import io.holdfast.due.DueRows;
import io.holdfast.kernel.ErrorCategory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a body anew that could not be stored as an update, with the parser of today, and accepts it as it was parked. */
@ApplicationScoped
class IngressReplay implements Replayer {

    @Inject
    @Any
    private Instance<UpdateParser> parsers;

    @Inject
    private InboxStore store;

    @Inject
    private InstantSource clock;

    @Override
    public ParkedWork.Queue queue() {
        return ParkedWork.Queue.INGRESS;
    }

    @Override
    public LetterOutcome replay(Connection connection, Letter letter, boolean evenIfExpired) throws SQLException {
        byte[] bytes = letter.payload();
        if (bytes == null || bytes.length < letter.payloadSize()) {
            return new LetterOutcome.Impossible("only the first bytes of the body were kept");
        }
        try {
            InboundUpdate update = read(letter, bytes);
            Instant now = clock.instant();
            if (update.expiresAt().isBefore(now)) {
                if (!evenIfExpired) {
                    return new LetterOutcome.Expired(update.expiresAt());
                }
                update = update.expiringAt(now.plus(InboxReplay.SECOND_LIFE));
            }
            return accept(connection, new NewUpdate(update, bytes));
        } catch (UnreadableUpdateException e) {
            return new LetterOutcome.Impossible("still cannot be read: " + e.getMessage());
        }
    }

    @Override
    public byte @Nullable [] payload(Connection connection, Letter letter) {
        return letter.payload();
    }

    private InboundUpdate read(Letter letter, byte[] bytes) throws UnreadableUpdateException {
        UnreadableUpdateException refused = new UnreadableUpdateException("nobody reads such bodies");
        for (UpdateParser parser : parsers) {
            try {
                return parser.parse(letter.bot(), bytes, letter.parkedAt());
            } catch (UnreadableUpdateException e) {
                refused = e;
            }
        }
        throw refused;
    }

    private LetterOutcome accept(Connection connection, NewUpdate update) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            InboxStore.Insertion stored =
                    store.insert(connection, List.of(update)).getFirst();
            if (stored.duplicate()) {
                return new LetterOutcome.Impossible("the update was accepted meanwhile");
            }
            DueRows.put(connection, update.update().bot(), DueKind.INBOX, List.of(stored.inboxId()), Duration.ZERO);
            return new LetterOutcome.Done();
        } catch (SQLException e) {
            if (EngineDatabase.failed(e).category() != ErrorCategory.INVALID) {
                throw e;
            }
            connection.rollback(before);
            return new LetterOutcome.Impossible("still cannot be stored");
        }
    }
}
