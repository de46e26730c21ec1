package io.holdfast.outbox;

import io.holdfast.kernel.BotId;
import org.jspecify.annotations.Nullable;

/**
 * A stored message that is not finished.
 *
 * @param attempts calls that were started so far
 * @param state as of the reading
 * @param due true when a due row refers to it, which settling removes
 * @param revision what became of it since it was written
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
        boolean due,
        Revision revision) {

    /** As it was written. */
    public QueuedMessage(
            BotId bot,
            long outboxId,
            @Nullable Long chatId,
            MessageClass messageClass,
            String method,
            byte[] payload,
            int attempts,
            OutboxState state,
            boolean due) {
        this(bot, outboxId, chatId, messageClass, method, payload, attempts, state, due, Revision.NONE);
    }

    /** Within one queue messages are sent one after another. */
    public String queueKey() {
        return messageClass + ":" + (chatId == null ? "" : chatId);
    }

    /** The same message after one more call was started. */
    public QueuedMessage sending() {
        return at(attempts + 1, OutboxState.SENDING, due);
    }

    QueuedMessage at(int nowAttempts, OutboxState nowState, boolean nowDue) {
        return new QueuedMessage(
                bot, outboxId, chatId, messageClass, method, payload, nowAttempts, nowState, nowDue, revision);
    }

    QueuedMessage as(@Nullable Long toChat, byte[] newPayload, Revision newRevision) {
        return new QueuedMessage(
                bot, outboxId, toChat, messageClass, method, newPayload, attempts, state, due, newRevision);
    }
}
