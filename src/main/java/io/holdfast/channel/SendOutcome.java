package io.holdfast.channel;

import java.time.Duration;
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

    /** The recipient cannot be reached (blocked, kicked, gone): nothing more is sent there, and it is no failure of the bot. */
    record Suppressed(String reason) implements SendOutcome {
        @Override
        public OutcomeClass outcomeClass() {
            return OutcomeClass.RECIPIENT;
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
