package io.holdfast.lane;

import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.Completion;
import io.holdfast.outbox.QueuedMessage;
import java.util.List;

/** Does one turn from begin to commit; a turn never throws. */
public interface TurnRunner {

    /** How a turn ended. */
    sealed interface TurnResult {

        /** It is committed; these messages are to be sent now. */
        record Ended(List<QueuedMessage> messages) implements TurnResult {}

        /** It failed and is written down; a due row brings {@code row} back. Its chat waits. */
        record Postponed(AcceptedUpdate row) implements TurnResult {}

        /** Nothing was committed and nothing written down: the database is away; try again after a moment. */
        record Unavailable() implements TurnResult {}

        /** Somebody else has ended this row, or holds the bot. */
        record Lost() implements TurnResult {}
    }

    TurnResult run(AcceptedUpdate row, Completion.Owner owner, BotProfile bot);

    /** Writes what the chat of a parked update is told, and answers it to be sent. */
    List<QueuedMessage> apologise(AcceptedUpdate row);
}
