package io.holdfast.resilience;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pauses between attempts: they grow from a first one up to a longest one, then are spread.
 *
 * @param jitter the part by which a pause may be shorter or longer: 0.2 is plus or minus 20 %
 */
public record Backoff(Strategy strategy, Duration first, Duration longest, double jitter) {
    private static final int MOST_STEPS = 64;

    /** How the pauses grow; the figures are multiples of the first one. */
    public enum Strategy {
        /** 1, 2, 4, 8, 16 */
        EXPONENTIAL,
        /** 1, 2, 3, 4, 5 */
        LINEAR,
        /** 1, 1, 1, 1, 1 */
        FIXED,
        /** 1, 2, 3, 5, 8 */
        FIBONACCI;

        private double factor(int step) {
            return switch (this) {
                case EXPONENTIAL -> Math.pow(2, step - 1d);
                case LINEAR -> step;
                case FIXED -> 1;
                case FIBONACCI -> fibonacci(step);
            };
        }

        private static double fibonacci(int step) {
            double before = 1;
            double now = 1;
            for (int i = 1; i < step; i++) {
                double next = before + now;
                before = now;
                now = next;
            }
            return now;
        }
    }

    public Backoff {
        if (first.isNegative() || longest.compareTo(first) < 0 || !(jitter >= 0 && jitter < 1)) {
            throw new IllegalArgumentException("A backoff needs 0 <= first <= longest and 0 <= jitter < 1");
        }
    }

    /** Doubling pauses. */
    public Backoff(Duration first, Duration longest, double jitter) {
        this(Strategy.EXPONENTIAL, first, longest, jitter);
    }

    /** The pause after failure number {@code failures}, which starts at 1. */
    public Duration after(int failures, RandomGenerator random) {
        int step = Math.clamp(failures, 1, MOST_STEPS);
        double pause = Math.min((double) first.toMillis() * strategy.factor(step), (double) longest.toMillis());
        double spread = 1 + jitter * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.round(pause * spread));
    }
}
