package io.holdfast.kernel;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Kinds of places that a test can make fail by chance; none ever does in production.
 *
 * <p>Off, and free of cost, unless the JVM was started with {@code -Drig.mishaps=PROBABILITY:SEED} or
 * {@code -Drig.mishaps=PROBABILITY:SEED:KIND}: then each pass throws with that probability.
 */
public enum Mishap {
    /** A statement fails and has done nothing. */
    STORE,
    /** A commit succeeds and its answer is lost. */
    ANSWER,
    /** A command fails. */
    HANDLER,
    /** The code around a call to Telegram fails, before or after it. */
    SENDER,
    /** What a timer calls fails. */
    TIMER,
    /** A worker of the lanes ends in the middle of a turn. Five of these end the process: only where this kind is named. */
    WORKER;

    private static final @Nullable String WANTED = System.getProperty("rig.mishaps");
    private static final boolean ON = WANTED != null;
    private static final String[] PARTS = WANTED == null ? new String[] {"0", "0"} : WANTED.split(":", -1);
    private static final double PROBABILITY = Double.parseDouble(PARTS[0]);
    private static final Random RANDOM = new Random(Long.parseLong(PARTS[1]));

    /** Throws by chance where the switch is on. */
    public void perhaps() {
        if (ON && concerned() && RANDOM.nextDouble() < PROBABILITY) {
            String what = "A mishap that the rig asked for: " + name();
            if (this == WORKER) {
                throw new AssertionError(what);
            }
            throw new HoldfastException(category(), what);
        }
    }

    private ErrorCategory category() {
        return switch (this) {
            case STORE ->
                List.of(ErrorCategory.UNAVAILABLE, ErrorCategory.CONFLICT, ErrorCategory.INTERNAL)
                        .get(RANDOM.nextInt(3));
            case ANSWER -> ErrorCategory.UNAVAILABLE;
            case HANDLER, SENDER, TIMER, WORKER -> ErrorCategory.INTERNAL;
        };
    }

    private boolean concerned() {
        return PARTS.length < 3 ? this != WORKER : PARTS[2].equals(name());
    }
}
