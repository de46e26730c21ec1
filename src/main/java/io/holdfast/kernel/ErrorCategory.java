package io.holdfast.kernel;

/** Says of an unexpected failure who can mend it and whether trying again may help. */
public enum ErrorCategory {
    /** The database cannot be reached or gave way; the same work succeeds later and no attempt is counted. */
    UNAVAILABLE(true),
    /** Another node or transaction was first; the work is looked at again and no attempt is counted. */
    CONFLICT(true),
    /** The work took longer than its limit. */
    TIMEOUT(true),
    /** A defect or a broken dependency inside a handler. */
    INTERNAL(true),
    /** The input or configuration is wrong; trying again gives the same answer. */
    INVALID(false);

    private final boolean retryable;

    ErrorCategory(boolean retryable) {
        this.retryable = retryable;
    }

    public boolean retryable() {
        return retryable;
    }

    /** True where a failure says nothing about the work itself, so that it is tried again without a mark against it. */
    public boolean freeOfCharge() {
        return this == UNAVAILABLE || this == CONFLICT;
    }
}
