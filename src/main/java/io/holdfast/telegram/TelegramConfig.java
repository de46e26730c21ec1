package io.holdfast.telegram;

import io.holdfast.kernel.ConfigurationException;
import io.holdfast.kernel.StartStep;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import okhttp3.HttpUrl;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where the Bot API is and how long we wait for it; a value that cannot work stops the start.
 *
 * <p>Dependent, since its fields are read directly: a proxy has none of their values.
 */
@Dependent
class TelegramConfig implements StartStep {

    @Inject
    @ConfigProperty(name = "holdfast.telegram.api-url", defaultValue = "https://api.telegram.org")
    String apiUrl;

    /** For the whole of a call: waiting for a connection, sending, and the last byte of the answer. */
    @Inject
    @ConfigProperty(name = "holdfast.telegram.call-deadline", defaultValue = "PT10S")
    Duration callDeadline;

    @Inject
    @ConfigProperty(name = "holdfast.telegram.connect-timeout", defaultValue = "PT5S")
    Duration connectTimeout;

    @Inject
    @ConfigProperty(name = "holdfast.telegram.connections", defaultValue = "100")
    int connections;

    /** Deliveries of one bot on one node in a minute; beyond, Telegram is asked to come again in the next. */
    @Inject
    @ConfigProperty(name = "holdfast.telegram.webhooks-per-minute", defaultValue = "3000")
    int webhooksPerMinute;

    /** Calls to the API host at one time; long polls have the rest of the connections. */
    @Inject
    @ConfigProperty(name = "holdfast.telegram.connections-per-host", defaultValue = "30")
    int connectionsPerHost;

    @Inject
    @ConfigProperty(name = "holdfast.telegram.dns-cache", defaultValue = "PT5M")
    Duration dnsCache;

    /** How long Telegram holds a poll open when there is nothing to tell. */
    @Inject
    @ConfigProperty(name = "holdfast.telegram.poll-timeout", defaultValue = "PT25S")
    Duration pollTimeout;

    /** The same as the call deadline, for a call that carries a file. */
    @Inject
    @ConfigProperty(name = "holdfast.telegram.upload-deadline", defaultValue = "PT120S")
    Duration uploadDeadline;

    @Override
    public Phase phase() {
        return Phase.CONFIGURATION;
    }

    @Override
    public void start() {
        apiBase();
        require(positive(callDeadline), "holdfast.telegram.call-deadline must be longer than nothing, such as PT10S.");
        require(
                positive(connectTimeout),
                "holdfast.telegram.connect-timeout must be longer than nothing, such as PT5S.");
        require(
                uploadDeadline.compareTo(callDeadline) >= 0,
                "holdfast.telegram.upload-deadline must not be shorter than holdfast.telegram.call-deadline.");
        require(
                !pollTimeout.isNegative() && pollTimeout.compareTo(Duration.ofSeconds(50)) <= 0,
                "holdfast.telegram.poll-timeout must be between PT0S and PT50S.");
        require(
                connectionsPerHost > 0 && connections > connectionsPerHost,
                "holdfast.telegram.connections must be greater than holdfast.telegram.connections-per-host, which must be at least 1.");
    }

    Duration callDeadline() {
        return callDeadline;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    int connections() {
        return connections;
    }

    int connectionsPerHost() {
        return connectionsPerHost;
    }

    Duration dnsCache() {
        return dnsCache;
    }

    Duration pollTimeout() {
        return pollTimeout;
    }

    Duration uploadDeadline() {
        return uploadDeadline;
    }

    /** The URL that every call's path is added to. */
    HttpUrl apiBase() {
        HttpUrl url = HttpUrl.parse(apiUrl);
        if (url == null
                || url.query() != null
                || url.fragment() != null
                || !url.username().isEmpty()
                || !url.password().isEmpty()) {
            throw new ConfigurationException(
                    "holdfast.telegram.api-url must be an absolute http or https URL without user,"
                            + " query and fragment, such as https://api.telegram.org.");
        }
        return url;
    }

    private static boolean positive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new ConfigurationException(sentence);
        }
    }
}
