package io.holdfast.outbox;

import io.holdfast.kernel.BotId;
import java.util.List;

/** What one turn wants sent, in order. */
public record TurnMessages(BotId bot, long inboxId, List<NewMessage> messages) {}
