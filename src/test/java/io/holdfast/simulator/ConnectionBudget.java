package io.holdfast.simulator;

/**
 * How fast Telegram opens connections to a webhook: ten per half second while it answers; one, then one more per two
 * seconds, when the last success is more than ten seconds ago or there was none.
 */
final class ConnectionBudget {

    static final long NEVER = Long.MAX_VALUE;

    private static final int HEALTHY_BURST = 10;

    private final SimClock clock;
    private final int maxConnections;
    private boolean succeeded;
    private long lastSuccess;
    private long windowStart;
    private int openedInWindow;

    ConnectionBudget(SimClock clock, int maxConnections) {
        this.clock = clock;
        this.maxConnections = maxConnections;
    }

    void success(long now) {
        succeeded = true;
        lastSuccess = now;
    }

    /** Nanoseconds until one more connection may be opened; 0 takes it. */
    long take(int open, long now) {
        if (open >= maxConnections) {
            return NEVER;
        }
        boolean healthy = succeeded && now - lastSuccess < clock.nanosFor(10);
        long window = clock.nanosFor(healthy ? 0.5 : 2);
        if (openedInWindow == 0 || now - windowStart >= window) {
            windowStart = now;
            openedInWindow = 0;
        }
        if (openedInWindow >= (healthy ? HEALTHY_BURST : 1)) {
            return windowStart + window - now;
        }
        openedInWindow++;
        return 0;
    }
}
