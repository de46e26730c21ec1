package io.holdfast.outbox;

import io.holdfast.kernel.BotId;
import org.jspecify.annotations.Nullable;

/**
 * A stored message that is not finished.
 *
 * @param attempts calls that were started so far
 * @param state as of the reading
 * @param due true when a due row refers to it, which settling removes
 */
public record QueuedMessage(
        BotId bot,
        long outboxId,
        @Nullable Long chatId,
        MessageClass messageClass,
        String method,
        byte[] payload,
        int attempts,
        OutboxState state,
        boolean due) {

    /** Within one queue messages are sent one after another. */
    public String queueKey() {
        return messageClass + ":" + (chatId == null ? "" : chatId);
    }

    /** The same message after one more call was started. */
    public QueuedMessage sending() {
        return new QueuedMessage(
                bot, outboxId, chatId, messageClass, method, payload, attempts + 1, OutboxState.SENDING, due);
    }
}
