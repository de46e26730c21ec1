package io.holdfast.outbox;

import io.holdfast.channel.SendOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a call's outcome makes of its message.
 *
 * @param next null when the message is finished; else the pause until a due row brings it back
 * @param uncountedAttempt true when the call does not count as an attempt
 */
public record Settlement(
        QueuedMessage message,
        OutboxState state,
        String outcome,
        @Nullable String reason,
        @Nullable Long channelMessageId,
        @Nullable Duration next,
        boolean uncountedAttempt) {

    /** An uncertain message is repeated after this, once. */
    public static final Duration RESEND_AFTER = Duration.ofSeconds(5);

    /** A bot whose token is refused keeps its messages; they are looked at again after this. */
    private static final Duration SUSPENDED_PAUSE = Duration.ofSeconds(60);

    /** The settlement of a call that ended. */
    public static Settlement of(QueuedMessage message, SendOutcome outcome) {
        String name = outcome.outcomeClass().name();
        return switch (outcome) {
            case SendOutcome.Delivered delivered ->
                new Settlement(message, OutboxState.SENT, name, null, delivered.messageId(), null, false);
            case SendOutcome.RetryAt retry ->
                new Settlement(
                        message, OutboxState.RETRY, name, retry.reason(), null, retry.after(), !retry.costsAttempt());
            case SendOutcome.Uncertain uncertain -> uncertain(message, uncertain.reason());
            case SendOutcome.Suppressed suppressed ->
                new Settlement(message, OutboxState.SUPPRESSED, name, suppressed.reason(), null, null, false);
            case SendOutcome.Parked parked ->
                new Settlement(message, OutboxState.PARKED, name, parked.reason(), null, null, false);
            case SendOutcome.SuspendBot suspend ->
                new Settlement(message, OutboxState.RETRY, name, suspend.reason(), null, SUSPENDED_PAUSE, true);
        };
    }

    /** The settlement of a call whose answer never came: repeated once where the class allows it. */
    public static Settlement uncertain(QueuedMessage message, String reason) {
        boolean resend = message.messageClass().atLeastOnce() && message.attempts() <= 1;
        return new Settlement(
                message, OutboxState.UNCERTAIN, "UNCERTAIN", reason, null, resend ? RESEND_AFTER : null, false);
    }

    /** The message as it is once this is committed. */
    public QueuedMessage after() {
        return new QueuedMessage(
                message.bot(),
                message.outboxId(),
                message.chatId(),
                message.messageClass(),
                message.method(),
                message.payload(),
                message.attempts() - (uncountedAttempt ? 1 : 0),
                state,
                next != null);
    }
}
