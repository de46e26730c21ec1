package io.holdfast.resilience;

import java.time.Duration;

/**
 * Lets a burst through at once and then one at a time (GCRA: one number is the whole state).
 *
 * <p>In any span of time it gives at most the burst plus one for each whole interval of the span. Time is a count of nanoseconds that
 * the caller brings along. Not thread-safe.
 */
public final class TokenBucket {

    /** How fast: {@code burst} at once, then one for each {@code interval}. */
    public record Rate(Duration interval, int burst) {
        public Rate {
            if (interval.isNegative() || interval.isZero() || burst < 1) {
                throw new IllegalArgumentException("A rate has an interval above zero and a burst of at least one");
            }
        }
    }

    private final long interval;
    private final long tolerance;
    private long arrival;

    private TokenBucket(Rate rate, long now) {
        interval = rate.interval().toNanos();
        tolerance = interval * (rate.burst() - 1);
        arrival = now + tolerance;
    }

    /** A bucket that holds one token at {@code now}, never the burst: what was taken before is not known. */
    public static TokenBucket withOneToken(Rate rate, long now) {
        return new TokenBucket(rate, now);
    }

    /** When the next token is there; may have passed. */
    public long readyAt() {
        return arrival - tolerance;
    }

    /** From when on the bucket is full and can be forgotten. */
    public long fullAt() {
        return arrival;
    }

    /** Takes a token; one that was not there yet delays those after it. */
    public void take(long now) {
        arrival = Math.max(arrival, now) + interval;
    }
}
