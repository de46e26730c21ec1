package io.holdfast.event;

import io.holdfast.kernel.BotId;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One step that mattered.
 *
 * @param bot null for a step of the node or of the installation
 * @param inboxId the update it is about, where there is one
 * @param outboxId the message it is about, where there is one
 * @param outcome one word in the kind's own terms, such as an outcome class or a state
 * @param reason for people; never the text of a message, never a secret
 * @param incident the id that the user was told
 * @param durationMs how long the step took, in milliseconds
 */
public record Event(
        EventKind kind,
        @Nullable BotId bot,
        @Nullable Long inboxId,
        @Nullable Long outboxId,
        String outcome,
        @Nullable String reason,
        @Nullable String incident,
        @Nullable Long durationMs) {

    /** A step of the node or of the installation. */
    public static Event ofInstallation(EventKind kind, String outcome, String reason) {
        return new Event(kind, null, null, null, outcome, reason, null, null);
    }

    /** A step of a bot as a whole. */
    public static Event ofBot(EventKind kind, BotId bot, String outcome, String reason) {
        return new Event(kind, bot, null, null, outcome, reason, null, null);
    }

    /** A step of an update. */
    public static Event ofUpdate(
            EventKind kind,
            BotId bot,
            long inboxId,
            String outcome,
            @Nullable String reason,
            @Nullable String incident) {
        return new Event(kind, bot, inboxId, null, outcome, reason, incident, null);
    }

    /** A step of a message. */
    public static Event ofMessage(EventKind kind, BotId bot, long outboxId, String outcome, @Nullable String reason) {
        return new Event(kind, bot, null, outboxId, outcome, reason, null, null);
    }

    /** The same step, with how long it took. */
    public Event thatTook(Duration time) {
        return new Event(kind, bot, inboxId, outboxId, outcome, reason, incident, Math.max(0, time.toMillis()));
    }
}
