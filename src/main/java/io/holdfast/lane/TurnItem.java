package io.holdfast.lane;

import io.holdfast.inbox.AcceptedUpdate;
import java.time.Instant;

/**
 * One update on its way to a thread, and what is to be done with it there.
 *
 * @param shared true where its turn may be done together with those of other chats
 * @param since when this process took the update into its memory
 */
record TurnItem(AcceptedUpdate row, Step step, boolean shared, Instant since) {

    /** What a thread does with an update. */
    enum Step {
        /** Its turn. */
        TURN,
        /** Telling the channel that a button was noticed; its turn comes after it. */
        ACKNOWLEDGE,
        /** Refusing it, because too much waits. */
        REFUSE
    }

    /** The same update after its turn failed: it has its next one alone. */
    TurnItem as(AcceptedUpdate instead) {
        return new TurnItem(instead, step, false, since);
    }

    /** The same update for its next step. */
    TurnItem then(Step next) {
        return new TurnItem(row, next, false, since);
    }
}
