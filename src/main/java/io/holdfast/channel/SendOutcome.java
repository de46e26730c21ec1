package io.holdfast.channel;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one call to a channel ended: the nine classes of outcomes, folded into what the sender does next. */
public sealed interface SendOutcome {

    OutcomeClass outcomeClass();

    /** The channel took it. {@code messageId} is the channel's id of what was sent, where it gives one. */
    record Delivered(@Nullable Long messageId) implements SendOutcome {
        @Override
        public OutcomeClass outcomeClass() {
            return OutcomeClass.DELIVERED;
        }
    }

    /**
     * It was surely not taken; try again no earlier than {@code after}.
     *
     * @param costsAttempt false for a rate limit, which says nothing about the message
     */
    record RetryAt(OutcomeClass outcomeClass, Duration after, boolean costsAttempt, String reason)
            implements SendOutcome {}

    /** It may have been taken: the answer never came whole. */
    record Uncertain(String reason) implements SendOutcome {
        @Override
        public OutcomeClass outcomeClass() {
            return OutcomeClass.UNCERTAIN;
        }
    }

    /**
     * The recipient cannot be reached, and it is no failure of the bot.
     *
     * @param wholeChat true when nothing at all gets there (blocked, kicked, gone); false when only this message did not
     */
    record Suppressed(String reason, boolean wholeChat) implements SendOutcome {
        @Override
        public OutcomeClass outcomeClass() {
            return OutcomeClass.RECIPIENT;
        }
    }

    /**
     * It was not taken in this form; another form may be.
     *
     * @param payloads the parameters of the call, or of the calls in their order, that take its place; at least one
     */
    record Amended(Amendment amendment, List<byte[]> payloads, String reason) implements SendOutcome {
        public Amended {
            payloads = List.copyOf(payloads);
        }

        @Override
        public OutcomeClass outcomeClass() {
            return OutcomeClass.CONTENT;
        }
    }

    /** It was not taken, since its chat has another id; {@code payload} are its parameters for that one. */
    record Migrated(long toChat, byte[] payload, String reason) implements SendOutcome {
        @Override
        public OutcomeClass outcomeClass() {
            return OutcomeClass.MIGRATED;
        }
    }

    /** It came too late to be of use, such as the answer to a button long after it was pressed. */
    record TooLate(String reason) implements SendOutcome {
        @Override
        public OutcomeClass outcomeClass() {
            return OutcomeClass.PERMANENT;
        }
    }

    /** It will not be taken as it is; the message becomes a dead letter. */
    record Parked(OutcomeClass outcomeClass, String reason) implements SendOutcome {}

    /** The bot's token is not accepted: the bot stops sending at once; the message stays for later. */
    record SuspendBot(String reason) implements SendOutcome {
        @Override
        public OutcomeClass outcomeClass() {
            return OutcomeClass.AUTH;
        }
    }
}
