package io.holdfast.channel;

/** The bytes are not an update that can be stored as one: not JSON, too deep, a number too long, no id. */
public class UnreadableUpdateException extends Exception {
    private static final long serialVersionUID = 1L;

    public UnreadableUpdateException(String reason) {
        super(reason);
    }
}
