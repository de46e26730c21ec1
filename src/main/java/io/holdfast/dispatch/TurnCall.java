package io.holdfast.dispatch;

import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.Completion;
import io.holdfast.lane.BotProfile;

/** One row, who may turn it, and its bot. */
record TurnCall(AcceptedUpdate row, Completion.Owner owner, BotProfile bot) {}
