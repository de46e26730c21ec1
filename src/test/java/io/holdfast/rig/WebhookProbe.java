package io.holdfast.rig;

import io.holdfast.simulator.ApiCall;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Delivers the same small update again and again until the webhook acknowledges it.
 *
 * <p>Telegram's own deliveries pause after failures, so that they cannot show when the server was there again.
 */
final class WebhookProbe {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    private static final long PAUSE_NANOS = 25_000_000;

    private final HttpRequest request;

    /** @param bot whose webhook was set already */
    WebhookProbe(Simulator simulator, SimBot bot) {
        ApiCall told = simulator.journal().calls(bot, "setWebhook").getLast();
        this.request = HttpRequest.newBuilder(URI.create(String.valueOf(told.parameter("url"))))
                .header("X-Telegram-Bot-Api-Secret-Token", String.valueOf(told.parameter("secret_token")))
                .POST(BodyPublishers.ofString("{\"update_id\":1}"))
                .timeout(Duration.ofSeconds(5))
                .build();
    }

    /** How long after a moment of {@link System#nanoTime()} the first 200 came. */
    Duration firstAcknowledgement(long since, Duration limit) throws InterruptedException {
        while (!acknowledged()) {
            if (System.nanoTime() - since > limit.toNanos()) {
                throw new IllegalStateException("no 200 from the webhook within " + limit);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private boolean acknowledged() throws InterruptedException {
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
