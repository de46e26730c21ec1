package io.holdfast.inbox;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.channel.UpdateParser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Counts what came in, by kind; what no parser knows is "other", and fields have no names, so that strangers cannot make labels. */
@ApplicationScoped
class InboxMetrics {

    @Inject
    private MetricRegistry registry;

    @Inject
    @Any
    private Instance<UpdateParser> parsers;

    /** Looked up once: every update is counted on the one thread that stores them all. */
    private final Map<Kind, Counter> updates = new ConcurrentHashMap<>();

    private record Kind(String channel, String kind) {}

    void stored(InboundUpdate update) {
        Counter counter = updates.get(new Kind(update.channel(), update.kind()));
        if (counter == null) {
            counter = counterOf(update);
        }
        counter.inc();
        if (update.unknownFields() > 0) {
            registry.counter("bot_unknown_update_fields_total", tag(update)).inc(update.unknownFields());
        }
    }

    /** Strangers' kinds are not remembered: they would be without number. */
    private Counter counterOf(InboundUpdate update) {
        Counter counter = registry.counter("bot_updates_total", tag(update));
        if (known(update)) {
            updates.put(new Kind(update.channel(), update.kind()), counter);
        }
        return counter;
    }

    private Tag tag(InboundUpdate update) {
        return new Tag("kind", known(update) ? update.kind() : "other");
    }

    private boolean known(InboundUpdate update) {
        return parsers.stream()
                .anyMatch(parser -> parser.channel().equals(update.channel()) && parser.knows(update.kind()));
    }
}
