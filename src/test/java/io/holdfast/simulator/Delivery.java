package io.holdfast.simulator;

import org.jspecify.annotations.Nullable;

/**
 * One attempt to deliver one update to a webhook, or one hand-over to a poller.
 *
 * @param seq place in the log of deliveries, from 1
 * @param botId whose update it was
 * @param updateId its update_id; a raw update without one has a negative number of the simulator's
 * @param chatId the chat it was about, 0 for none
 * @param attempt 1 for the first
 * @param status what the webhook answered, 0 when it did not answer
 * @param startNanos when the attempt began, on the scale of {@link System#nanoTime()}
 * @param latencyNanos from the first byte sent to the whole answer
 * @param error why it failed, null when the update is acknowledged
 */
public record Delivery(
        long seq,
        long botId,
        long updateId,
        long chatId,
        int attempt,
        int status,
        long startNanos,
        long latencyNanos,
        @Nullable String error) {

    /** Whether Telegram will not send this update again. */
    public boolean acknowledged() {
        return error == null;
    }

    /** When the answer was complete, on the scale of {@link System#nanoTime()}. */
    public long endNanos() {
        return startNanos + latencyNanos;
    }
}
