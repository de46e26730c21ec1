package io.holdfast.dispatch;

import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.Completion;

/** One row, who may turn it, and the bot's own name. */
record TurnCall(AcceptedUpdate row, Completion.Owner owner, String username) {}
