package io.holdfast.due;

/** What a due row refers to. */
public enum DueKind {
    /** An inbox row to be turned: a retry, or a row written on a node that does not hold the bot. */
    INBOX,
    /** An outbox row to be sent: delayed, retried, or uncertain. */
    OUTBOX
}
