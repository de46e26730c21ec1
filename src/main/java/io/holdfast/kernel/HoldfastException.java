package io.holdfast.kernel;

/** An unexpected failure with its category; its message is safe to log and never holds a secret. */
public class HoldfastException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCategory category;

    public HoldfastException(ErrorCategory category, String message) {
        super(message);
        this.category = category;
    }

    public HoldfastException(ErrorCategory category, String message, Throwable cause) {
        super(message, cause);
        this.category = category;
    }

    public ErrorCategory category() {
        return category;
    }
}
