package io.holdfast.lane;

import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.Completion;
import io.holdfast.outbox.QueuedMessage;
import java.time.Duration;
import java.util.List;

/** Does one turn from begin to commit; a turn never throws. */
public interface TurnRunner {

    /** How a turn ended. */
    sealed interface TurnResult {

        /** It is committed; these messages are to be sent now. */
        record Ended(List<QueuedMessage> messages) implements TurnResult {}

        /** It failed and is written down; {@code row} comes back after the pause. Its chat waits. */
        record Postponed(AcceptedUpdate row, Duration pause) implements TurnResult {}

        /** Nothing was committed and nothing written down: the database is away; try again after a moment. */
        record Unavailable() implements TurnResult {}

        /** Somebody else has ended or acknowledged this row, or holds the bot; or that was we, and the answer to it was lost. */
        record Lost() implements TurnResult {}
    }

    /** How an update goes to its turn. */
    enum Way {
        /** Behind what its chat has waiting. */
        CHAT,
        /** Behind what its chat has waiting; its turn may be done together with those of other chats. */
        SHARED,
        /** A pressed button: acknowledged at once, then to the head of its chat. */
        BUTTON,
        /** A control command: at once, beside what the chat runs. */
        CONTROL,
        /** A pressed button of a control command: acknowledged, then at once. */
        CONTROL_BUTTON;

        /** True where it waits for its chat from the begin. */
        boolean behindChat() {
            return this == CHAT || this == SHARED;
        }
    }

    /** One turn of several that are done together. */
    record Shared(AcceptedUpdate row, Completion.Owner owner, BotProfile bot) {}

    /** Decides by the update alone; quick, called on the thread that commits. */
    Way way(AcceptedUpdate row, BotProfile bot);

    /** True where the turn may take long, because it runs a slow command. */
    boolean isSlow(AcceptedUpdate row, BotProfile bot);

    TurnResult run(AcceptedUpdate row, Completion.Owner owner, BotProfile bot);

    /** Does turns of different chats with one commit, and answers each in the same order; one that spoils it has its own. */
    List<TurnResult> runTogether(List<Shared> turns);

    /** Writes the call that acknowledges a pressed button; Lost where that was written before. */
    TurnResult acknowledge(AcceptedUpdate row, Completion.Owner owner, BotProfile bot);

    /** Closes the update without its turn, because too much waits; its chat is told, though not each time. */
    TurnResult refuse(AcceptedUpdate row, Completion.Owner owner, BotProfile bot);

    /** Writes what the chat of a slow command is told that a crash has interrupted, and answers it to be sent. */
    List<QueuedMessage> announceAgain(AcceptedUpdate row);

    /** Writes what the chat of a parked update is told, and answers it to be sent. */
    List<QueuedMessage> apologise(AcceptedUpdate row);
}
