package io.holdfast.fleet;

/** What became of a person's wish that a suspended bot works again. Nothing is changed but in {@link Resumed}. */
public sealed interface ResumeOutcome {

    /** The channel takes its token: it is RUNNING, with all that waited. */
    record Resumed(Bot bot) implements ResumeOutcome {}

    record Unknown() implements ResumeOutcome {}

    /** It is in another state; the channel may not have been asked. */
    record NotSuspended(BotState state) implements ResumeOutcome {}

    /** The channel does not accept its token. */
    record Refused() implements ResumeOutcome {}

    /** The channel gave no usable answer; {@code timeout} tells waiting in vain from a broken connection. */
    record Unreachable(boolean timeout) implements ResumeOutcome {}
}
