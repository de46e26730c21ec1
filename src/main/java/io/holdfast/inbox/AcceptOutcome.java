package io.holdfast.inbox;

import java.time.Duration;

/** What became of an update that asked to be stored. */
public sealed interface AcceptOutcome {

    /** It is committed, now or by an earlier delivery; it may be acknowledged. */
    record Stored(boolean duplicate) implements AcceptOutcome {}

    /** It is not committed, or nobody can say: do not acknowledge, ask for it again. */
    record Unavailable(Duration retryAfter) implements AcceptOutcome {}
}
