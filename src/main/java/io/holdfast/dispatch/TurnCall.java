package io.holdfast.dispatch;

import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.Completion;
import io.holdfast.lane.BotProfile;
import java.time.Duration;

/** One row, who may turn it, its bot, and when its turn began by System.nanoTime. */
record TurnCall(AcceptedUpdate row, Completion.Owner owner, BotProfile bot, long begunNanos) {

    static TurnCall now(AcceptedUpdate row, Completion.Owner owner, BotProfile bot) {
        return new TurnCall(row, owner, bot, System.nanoTime());
    }

    /** How long the turn has taken so far. */
    Duration took() {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }
}
