package io.holdfast.channel;

/** The form in which a refused message may be sent once more; a message gets each of them at most once. */
public enum Amendment {
    /** Without formatting. */
    PLAIN,
    /** In more parts. */
    SPLIT,
    /** Outside of the thread that is gone. */
    WITHOUT_THREAD,
    /** To the new id of its chat. */
    REDIRECTED
}
