package io.holdfast.node;

import io.holdfast.kernel.HoldfastException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Tells other nodes that something was written for them, so that they look at once instead of within their second.
 *
 * <p>Nobody waits for a nudge and nobody relies on one. One call to a node is under way at a time; what is wanted meanwhile is the
 * next one. Thread-safe.
 */
@ApplicationScoped
public class Nudges {
    static final String PATH = "/internal/nudge";
    static final String PURPOSE = "nudge";

    private static final Logger LOG = System.getLogger(Nudges.class.getName());
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(1);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int NO_CONTENT = 204;

    @Inject
    private NodeConfig config;

    @Inject
    private InstallationKey key;

    @Inject
    private InstantSource clock;

    @Inject
    private MetricRegistry registry;

    /** By node how many nudges were asked for since its calls began. */
    private final Map<String, Integer> wanted = new ConcurrentHashMap<>();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();

    /** Has the node look soon; returns at once. */
    public void nudge(String node, String url) {
        if (!node.equals(config.id) && wanted.merge(node, 1, Integer::sum) == 1) {
            Thread.startVirtualThread(() -> callUntilAllAreTold(node, url));
        }
    }

    @PreDestroy
    void close() {
        client.shutdownNow();
    }

    private void callUntilAllAreTold(String node, String url) {
        int told;
        do {
            told = wanted.getOrDefault(node, 0);
            boolean sent = call(node, url);
            registry.counter("bot_nudges", new Tag("outcome", sent ? "sent" : "failed"))
                    .inc();
        } while (!wanted.remove(node, told));
    }

    private boolean call(String node, String url) {
        try {
            String signature = new NudgeSignature(key.derive(PURPOSE)).of(config.id, node, clock.instant());
            HttpRequest request = HttpRequest.newBuilder(URI.create(url.replaceAll("/+$", "") + PATH))
                    .header(NudgeSignature.HEADER, signature)
                    .timeout(LIMIT)
                    .POST(BodyPublishers.noBody())
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == NO_CONTENT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (IOException | HoldfastException | IllegalArgumentException e) {
            LOG.log(Level.DEBUG, "Node {0} could not be nudged and looks by itself: {1}", node, e.getMessage());
            return false;
        }
    }
}
