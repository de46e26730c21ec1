package io.holdfast.dispatch;

import io.holdfast.database.EngineDatabase;
import io.holdfast.inbox.InboxState;
import io.holdfast.inbox.SharedClaims;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.lane.TurnRunner.TurnResult;
import io.holdfast.outbox.NewMessage;
import io.holdfast.outbox.Outbox;
import io.holdfast.outbox.QueuedMessage;
import io.holdfast.outbox.TurnMessages;
import io.holdfast.session.ChatState;
import io.holdfast.session.ChatStates;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The T2 of several turns at once: their rows are closed, their states and messages written, with a statement each and one commit.
 *
 * <p>A row that is not ours any more changes nothing and holds up nobody. Anything else that fails rolls all of them back.
 */
@ApplicationScoped
class SharedCommit {

    @Inject
    private EngineDatabase database;

    @Inject
    private ChatStates states;

    @Inject
    private Outbox outbox;

    /** A turn whose handler has answered, and what it wants written. */
    record Answered(
            TurnCall turn,
            InboxState state,
            @Nullable String reason,
            List<ChatState> states,
            List<NewMessage> messages) {

        long inboxId() {
            return turn.row().inboxId();
        }

        private SharedClaims.Closing closing() {
            return new SharedClaims.Closing(turn.row(), turn.owner(), state, reason, turn.took());
        }

        private TurnMessages written() {
            return new TurnMessages(turn.row().bot(), inboxId(), messages);
        }

        private List<ChatStates.Change> changes() {
            return states.stream()
                    .map(state -> new ChatStates.Change(
                            new ChatStates.Key(turn.row().bot(), turn.chat().id()), state))
                    .toList();
        }
    }

    /** What the chats of these turns remember, in their order. */
    List<Map<String, ChatState>> read(List<TurnCall> turns) {
        return database.run(connection -> states.read(
                connection,
                turns.stream()
                        .map(turn ->
                                new ChatStates.Key(turn.row().bot(), turn.chat().id()))
                        .toList()));
    }

    /** Commits all; answers each in their order. */
    List<TurnResult> commit(List<Answered> turns) {
        return database.inTransaction(connection -> {
            CrashPoint.hit("before-shared-claim");
            Set<Long> claimed = SharedClaims.claim(
                    connection, turns.stream().map(Answered::closing).toList());
            CrashPoint.hit("after-shared-claim");
            List<Answered> ours = turns.stream()
                    .filter(turn -> claimed.contains(turn.inboxId()))
                    .toList();
            states.write(
                    connection,
                    ours.stream().flatMap(turn -> turn.changes().stream()).toList());
            Iterator<List<QueuedMessage>> queued = outbox.enqueue(
                            connection, ours.stream().map(Answered::written).toList())
                    .iterator();
            CrashPoint.hit("before-shared-commit");
            List<TurnResult> results = new ArrayList<>(turns.size());
            for (Answered turn : turns) {
                results.add(
                        claimed.contains(turn.inboxId()) ? new TurnResult.Ended(queued.next()) : new TurnResult.Lost());
            }
            return results;
        });
    }
}
