package io.holdfast.testkit;

/** Something cannot be started as asked; the message is one sentence that says what to do, and may be shown as it is. */
public class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StartRefusedException(String sentence) {
        super(sentence);
    }

    public StartRefusedException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
