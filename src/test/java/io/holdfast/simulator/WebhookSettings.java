package io.holdfast.simulator;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** What one setWebhook fixed; its identity tells the workers of this webhook from those of an earlier one. */
final class WebhookSettings {

    private final URI url;
    private final String secret;
    private final int maxConnections;

    WebhookSettings(URI url, String secret, int maxConnections) {
        this.url = url;
        this.secret = secret;
        this.maxConnections = maxConnections;
    }

    URI url() {
        return url;
    }

    /** Value of the secret header, empty for none. */
    String secret() {
        return secret;
    }

    int maxConnections() {
        return maxConnections;
    }

    boolean saysTheSameAs(@Nullable WebhookSettings other) {
        return other != null
                && url.equals(other.url)
                && secret.equals(other.secret)
                && maxConnections == other.maxConnections;
    }
}
