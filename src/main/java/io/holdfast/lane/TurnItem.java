package io.holdfast.lane;

import io.holdfast.inbox.AcceptedUpdate;

/** One update on its way to a thread, and what is to be done with it there. */
record TurnItem(AcceptedUpdate row, Step step) {

    /** What a thread does with an update. */
    enum Step {
        /** Its turn. */
        TURN,
        /** Telling the channel that a button was noticed; its turn comes after it. */
        ACKNOWLEDGE,
        /** Refusing it, because too much waits. */
        REFUSE
    }

    TurnItem as(AcceptedUpdate instead) {
        return new TurnItem(instead, step);
    }
}
