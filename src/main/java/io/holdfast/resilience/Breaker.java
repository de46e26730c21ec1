package io.holdfast.resilience;

/**
 * Opens after so many failures in a row, and closes with the first success.
 *
 * <p>While it is open failures say nothing new: whoever opened it finds out by probes when to go on. Thread-safe.
 */
public final class Breaker {
    private final int limit;
    private int failures;
    private boolean open;

    public Breaker(int limit) {
        this.limit = limit;
    }

    /** True when this failure opens it. */
    public synchronized boolean failed() {
        failures++;
        boolean opens = !open && failures >= limit;
        open |= opens;
        return opens;
    }

    /** True when this success closes it. */
    public synchronized boolean succeeded() {
        failures = 0;
        boolean closes = open;
        open = false;
        return closes;
    }

    public synchronized boolean isOpen() {
        return open;
    }
}
