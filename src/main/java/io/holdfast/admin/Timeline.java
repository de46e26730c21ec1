package io.holdfast.admin;

import io.holdfast.event.EventEntry;
import io.holdfast.inbox.InboxUpdate;
import io.holdfast.outbox.OutboxMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one update, in the order of time: from its own rows and from the event log. Pure. */
final class Timeline {

    /**
     * One step.
     *
     * @param messageId the message of the outbox that it is about
     * @param attempts how many turns failed, or how many calls were started, until now
     * @param channelMessageId the id under which the channel knows the message
     */
    record Step(
            Instant at,
            String step,
            @Nullable Long messageId,
            @Nullable String outcome,
            @Nullable String reason,
            @Nullable String incident,
            @Nullable Long durationMs,
            @Nullable Integer attempts,
            @Nullable Long channelMessageId) {

        static Step of(Instant at, String step, @Nullable Long messageId) {
            return new Step(at, step, messageId, null, null, null, null, null, null);
        }
    }

    private Timeline() {}

    /** All steps, the oldest first; of the same moment in the order in which they must have been. */
    static List<Step> of(InboxUpdate update, List<OutboxMessage> messages, List<EventEntry> events) {
        List<Step> steps = new ArrayList<>();
        steps.add(Step.of(update.acceptedAt(), "ACCEPTED", null));
        events.forEach(event -> steps.add(of(event)));
        Instant finished = update.finishedAt();
        if (finished != null) {
            steps.add(new Step(
                    finished,
                    "FINISHED",
                    null,
                    update.state(),
                    update.reason(),
                    null,
                    between(update.acceptedAt(), finished),
                    update.attempts(),
                    null));
        }
        messages.forEach(message -> add(steps, message));
        steps.sort(Comparator.comparing(Step::at));
        return steps;
    }

    private static void add(List<Step> steps, OutboxMessage message) {
        steps.add(Step.of(message.createdAt(), "MESSAGE_WRITTEN", message.id()));
        Instant due = message.dueAt();
        if (due != null) {
            steps.add(Step.of(due, "MESSAGE_DUE", message.id()));
        }
        Instant sending = message.sendingAt();
        if (sending != null) {
            steps.add(Step.of(sending, "MESSAGE_SENDING", message.id()));
        }
        Instant finished = message.finishedAt();
        if (finished != null) {
            steps.add(new Step(
                    finished,
                    "MESSAGE_" + message.state(),
                    message.id(),
                    message.outcome(),
                    message.reason(),
                    null,
                    sending == null ? null : between(sending, finished),
                    message.attempts(),
                    message.channelMessageId()));
        }
    }

    private static Step of(EventEntry event) {
        return new Step(
                event.occurredAt(),
                event.kind(),
                event.outbox(),
                event.outcome(),
                event.reason(),
                event.incident(),
                event.durationMs(),
                null,
                null);
    }

    private static long between(Instant from, Instant until) {
        return Math.max(0, Duration.between(from, until).toMillis());
    }
}
