package io.holdfast.channel;

/** The class of a send's outcome, by which metrics count and rows explain themselves. */
public enum OutcomeClass {
    /** The channel took it. */
    DELIVERED,
    /** Too many requests: surely not taken, says nothing about the message. */
    RATE_LIMIT,
    /** The call never reached the channel. */
    NOT_SENT,
    /** The answer never came whole: it may have been taken. */
    UNCERTAIN,
    /** The channel does not take this content. */
    CONTENT,
    /** The recipient cannot be reached. */
    RECIPIENT,
    /** The chat has another id now. */
    MIGRATED,
    /** The token is not accepted. */
    AUTH,
    /** Somebody else uses the token. */
    CONFLICT,
    /** Any other refusal. */
    PERMANENT
}
