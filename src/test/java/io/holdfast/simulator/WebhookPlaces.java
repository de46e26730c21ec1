package io.holdfast.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One worker's connections, one for each place that its deliveries go to: the webhook's own, or those of a {@link DeliveryRoute}. */
final class WebhookPlaces implements Closeable {

    private static final double ANSWER_SECONDS = 60;
    private static final int UNAVAILABLE = 503;

    private final World world;
    private final WebhookSettings settings;
    private final Map<URI, WebhookConnection> connections = new HashMap<>();

    WebhookPlaces(World world, WebhookSettings settings) {
        this.world = world;
        this.settings = settings;
    }

    /** Delivers to the first place that takes it; {@code drop} breaks the connection in the middle of the body instead. */
    WebhookConnection.Answer post(byte[] body, boolean drop) {
        DeliveryRoute route = world.route();
        if (route == null) {
            return tryOne(settings.url(), null, body, drop);
        }
        List<URI> places = route.places(settings.url());
        WebhookConnection.Answer answer = WebhookConnection.Answer.failed("no place to deliver to");
        for (URI place : places) {
            answer = tryOne(place, route, body, drop);
            String problem = answer.problem();
            if (problem == null || drop || (answer.status() != 0 && answer.status() != UNAVAILABLE)) {
                break;
            }
            route.failed(place, problem);
        }
        return answer;
    }

    private WebhookConnection.Answer tryOne(URI place, @Nullable DeliveryRoute route, byte[] body, boolean drop) {
        WebhookConnection connection = connections.computeIfAbsent(place, to -> connect(to, route));
        try {
            return drop ? connection.dropInTheMiddle(body) : connection.post(body);
        } catch (IOException e) {
            return WebhookConnection.Answer.failed(connection.reasonOf(e));
        }
    }

    private WebhookConnection connect(URI place, @Nullable DeliveryRoute route) {
        long timeout = route == null
                ? world.clock().timeoutNanosFor(ANSWER_SECONDS)
                : route.patience().toNanos();
        return new WebhookConnection(settings, place, timeout, world.deadlines());
    }

    @Override
    public void close() {
        connections.values().forEach(WebhookConnection::close);
    }
}
