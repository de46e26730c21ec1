package io.holdfast.simulator;

/**
 * How a simulator runs; {@link #defaults()} suits tests: free port, real time, no rate limits, http webhooks allowed.
 *
 * @param port port on 127.0.0.1, 0 for a free one
 * @param timeScale how many Telegram seconds pass per second: retries, expiry, limits and timeouts are divided by it
 * @param rateLimits whether calls beyond Telegram's limits per chat, group and bot are answered 429
 * @param strictWebhookUrls whether setWebhook refuses http and ports other than 443, 80, 88 and 8443
 * @param journalCapacity how many calls, and how many deliveries, are kept before the oldest are dropped
 * @param messagesKept how many messages of one chat can still be edited, pressed and shown
 * @param seed seed of everything that is left to chance except tokens and ids
 */
public record SimulatorConfig(
        int port,
        double timeScale,
        boolean rateLimits,
        boolean strictWebhookUrls,
        int journalCapacity,
        int messagesKept,
        long seed) {

    public SimulatorConfig {
        require(port >= 0 && port <= 65_535, "port must be 0 to 65535");
        require(timeScale > 0 && timeScale <= 100_000, "time scale must be above 0 and at most 100000");
        require(journalCapacity >= 1, "journal capacity must be at least 1");
        require(messagesKept >= 1, "messages kept must be at least 1");
    }

    /** Port 0, time scale 1, limits off, a journal of two million entries, 200 messages kept per chat. */
    public static SimulatorConfig defaults() {
        return new SimulatorConfig(0, 1.0, false, false, 2_000_000, 200, 1);
    }

    public SimulatorConfig withPort(int value) {
        return new SimulatorConfig(
                value, timeScale, rateLimits, strictWebhookUrls, journalCapacity, messagesKept, seed);
    }

    public SimulatorConfig withTimeScale(double value) {
        return new SimulatorConfig(port, value, rateLimits, strictWebhookUrls, journalCapacity, messagesKept, seed);
    }

    public SimulatorConfig withRateLimits(boolean value) {
        return new SimulatorConfig(port, timeScale, value, strictWebhookUrls, journalCapacity, messagesKept, seed);
    }

    public SimulatorConfig withStrictWebhookUrls(boolean value) {
        return new SimulatorConfig(port, timeScale, rateLimits, value, journalCapacity, messagesKept, seed);
    }

    public SimulatorConfig withJournalCapacity(int value) {
        return new SimulatorConfig(port, timeScale, rateLimits, strictWebhookUrls, value, messagesKept, seed);
    }

    public SimulatorConfig withMessagesKept(int value) {
        return new SimulatorConfig(port, timeScale, rateLimits, strictWebhookUrls, journalCapacity, value, seed);
    }

    public SimulatorConfig withSeed(long value) {
        return new SimulatorConfig(
                port, timeScale, rateLimits, strictWebhookUrls, journalCapacity, messagesKept, value);
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
