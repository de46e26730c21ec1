package io.holdfast.kernel;

/** A state machine was asked for an arrow that it does not have; carries both ends. */
public class IllegalTransitionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public IllegalTransitionException(Enum<?> from, Enum<?> to) {
        super("A %s in state %s cannot become %s."
                .formatted(from.getDeclaringClass().getSimpleName(), from, to));
    }
}
