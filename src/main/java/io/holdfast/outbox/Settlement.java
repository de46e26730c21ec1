package io.holdfast.outbox;

import io.holdfast.channel.Amendment;
import io.holdfast.channel.OutcomeClass;
import io.holdfast.channel.SendOutcome;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a call's outcome makes of its message.
 *
 * @param message as it was called
 * @param next null when the message is finished; else the pause until a due row brings it back
 * @param uncountedAttempt true when the call does not count as an attempt
 * @param instead the form of the message from now on, or null where it stays as it was
 * @param unreachable true when nothing else gets to its chat either
 */
public record Settlement(
        QueuedMessage message,
        OutboxState state,
        String outcome,
        @Nullable String reason,
        @Nullable Long channelMessageId,
        @Nullable Duration next,
        boolean uncountedAttempt,
        @Nullable QueuedMessage instead,
        boolean unreachable) {

    /** An uncertain message is repeated after this, once. */
    public static final Duration RESEND_AFTER = Duration.ofSeconds(5);

    /** The messages of a suspended bot wait at least this long; they are looked at again when it works again. */
    private static final Duration SUSPENDED_PAUSE = Duration.ofSeconds(60);

    /** Of a message that stays as it is. */
    private Settlement(
            QueuedMessage message,
            OutboxState state,
            OutcomeClass outcome,
            @Nullable String reason,
            @Nullable Duration next,
            boolean uncountedAttempt) {
        this(message, state, outcome.name(), reason, null, next, uncountedAttempt, null, false);
    }

    /** The settlement of a call that ended. */
    public static Settlement of(QueuedMessage message, SendOutcome outcome) {
        OutcomeClass name = outcome.outcomeClass();
        return switch (outcome) {
            case SendOutcome.Delivered delivered -> delivered(message, delivered.messageId());
            case SendOutcome.RetryAt retry ->
                new Settlement(message, OutboxState.RETRY, name, retry.reason(), retry.after(), !retry.costsAttempt());
            case SendOutcome.Uncertain uncertain -> uncertain(message, uncertain.reason());
            case SendOutcome.Suppressed suppressed ->
                new Settlement(
                        message,
                        OutboxState.SUPPRESSED,
                        name.name(),
                        suppressed.reason(),
                        null,
                        null,
                        false,
                        null,
                        suppressed.wholeChat());
            case SendOutcome.Parked parked -> parked(message, name, parked.reason());
            case SendOutcome.Amended amended -> amended(message, amended);
            case SendOutcome.Migrated migrated -> migrated(message, migrated);
            case SendOutcome.TooLate late ->
                new Settlement(message, OutboxState.EXPIRED, name, late.reason(), null, false);
            case SendOutcome.SuspendBot suspend ->
                new Settlement(message, OutboxState.RETRY, name, suspend.reason(), SUSPENDED_PAUSE, true);
        };
    }

    private static Settlement delivered(QueuedMessage message, @Nullable Long messageId) {
        return message.revision().rest().isEmpty()
                ? new Settlement(
                        message,
                        OutboxState.SENT,
                        OutcomeClass.DELIVERED.name(),
                        null,
                        messageId,
                        null,
                        false,
                        null,
                        false)
                : withRest(message, OutcomeClass.DELIVERED, "its next part follows");
    }

    /** The settlement of a call whose answer never came: repeated once where the class allows it. */
    public static Settlement uncertain(QueuedMessage message, String reason) {
        if (message.messageClass().atLeastOnce() && !message.revision().doubtful()) {
            QueuedMessage again = message.as(
                    message.chatId(), message.payload(), message.revision().inDoubt());
            return revised(message, again, OutboxState.UNCERTAIN, OutcomeClass.UNCERTAIN, reason, RESEND_AFTER, false);
        }
        return message.revision().rest().isEmpty()
                ? new Settlement(message, OutboxState.UNCERTAIN, OutcomeClass.UNCERTAIN, reason, null, false)
                : withRest(message, OutcomeClass.UNCERTAIN, reason);
    }

    private static Settlement parked(QueuedMessage message, OutcomeClass outcome, String reason) {
        return new Settlement(message, OutboxState.PARKED, outcome, reason, null, false);
    }

    private static Settlement amended(QueuedMessage message, SendOutcome.Amended amended) {
        Amendment amendment = amended.amendment();
        String reason = "%s; sent again as %s".formatted(amended.reason(), amendment);
        if (message.revision().amended().contains(amendment)) {
            return parked(message, OutcomeClass.CONTENT, amended.reason());
        }
        List<byte[]> payloads = amended.payloads();
        Revision revision = message.revision().with(amendment, payloads.subList(1, payloads.size()));
        QueuedMessage instead = message.as(message.chatId(), payloads.getFirst(), revision);
        return revised(message, instead, OutboxState.RETRY, OutcomeClass.CONTENT, reason, Duration.ZERO, true);
    }

    private static Settlement migrated(QueuedMessage message, SendOutcome.Migrated migrated) {
        if (message.revision().amended().contains(Amendment.REDIRECTED)) {
            return parked(message, OutcomeClass.MIGRATED, migrated.reason());
        }
        QueuedMessage instead = message.as(
                migrated.toChat(), migrated.payload(), message.revision().with(Amendment.REDIRECTED, List.of()));
        return revised(
                message, instead, OutboxState.RETRY, OutcomeClass.MIGRATED, migrated.reason(), Duration.ZERO, true);
    }

    /** One part has ended, whether it arrived or nobody knows: it does not hold back the next one. */
    private static Settlement withRest(QueuedMessage message, OutcomeClass outcome, String reason) {
        Revision revision = message.revision();
        QueuedMessage instead = message.as(message.chatId(), revision.rest().getFirst(), revision.next());
        return revised(message, instead, OutboxState.RETRY, outcome, reason, Duration.ZERO, true);
    }

    private static Settlement revised(
            QueuedMessage message,
            QueuedMessage instead,
            OutboxState state,
            OutcomeClass outcome,
            String reason,
            Duration next,
            boolean uncounted) {
        return new Settlement(message, state, outcome.name(), reason, null, next, uncounted, instead, false);
    }

    /** The same call, whose next attempt would come after the message's deadline. */
    Settlement atDeadline() {
        OutboxState end = state == OutboxState.UNCERTAIN ? state : OutboxState.EXPIRED;
        String why = "the next attempt would come after its deadline; " + reason;
        return new Settlement(message, end, outcome, why, channelMessageId, null, uncountedAttempt, null, false);
    }

    /** The message as it is once this is committed. */
    public QueuedMessage after() {
        QueuedMessage now = instead == null ? message : instead;
        return now.at(message.attempts() - (uncountedAttempt ? 1 : 0), state, next != null);
    }
}
