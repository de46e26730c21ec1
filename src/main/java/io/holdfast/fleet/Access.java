package io.holdfast.fleet;

/** Who may talk to a bot. */
public enum Access {
    /** Everybody. */
    OPEN,
    /** Only whom an operator has approved. */
    PAIRED
}
