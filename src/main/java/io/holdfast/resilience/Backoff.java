package io.holdfast.resilience;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Doubles from a first pause up to a longest one, then spreads the result.
 *
 * @param jitter the part by which a pause may be shorter or longer: 0.2 is plus or minus 20 %
 */
public record Backoff(Duration first, Duration longest, double jitter) {

    /** The pause after failure number {@code failures}, which starts at 1. */
    public Duration after(int failures, RandomGenerator random) {
        int doublings = Math.min(Math.max(failures, 1) - 1, 30);
        double pause = Math.min((double) first.toMillis() * Math.pow(2, doublings), (double) longest.toMillis());
        double spread = 1 + jitter * (2 * random.nextDouble() - 1);
        return Duration.ofMillis(Math.round(pause * spread));
    }
}
