package io.holdfast.deadletter;

import java.time.Instant;

/** What became of the wish to replay or discard one dead letter. */
public sealed interface LetterOutcome {

    /** It is replayed or discarded, by this call and no other. */
    record Done() implements LetterOutcome {}

    /** There is no such dead letter. */
    record Unknown() implements LetterOutcome {}

    /** Somebody was faster, or it was closed before. */
    record Closed(DeadLetterState state) implements LetterOutcome {}

    /** Nobody can be answered any more since then; it can be replayed all the same when that is said. */
    record Expired(Instant at) implements LetterOutcome {}

    /** It cannot be replayed as it is; the reason quotes nothing of the payload. */
    record Impossible(String reason) implements LetterOutcome {}
}
