package io.holdfast.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * What stands between Telegram and several servers: decides where each delivery goes, instead of to the webhook's own host.
 *
 * <p>Path, headers and body stay as they are. A place that cannot be reached, does not answer in time or answers 503 is
 * left for the next one within the same delivery; Telegram sees the last answer only. Called by many threads.
 */
public interface DeliveryRoute {

    /** The places for one delivery to this webhook in the order in which they are tried; at least one, each scheme, host and port. */
    List<URI> places(URI webhook);

    /** How long a place may take to answer. */
    Duration patience();

    /** Takes note of a try that failed. */
    void failed(URI place, String reason);
}
