package io.holdfast.inbox;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.channel.UpdateParser;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
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

    void stored(InboundUpdate update) {
        boolean known = parsers.stream()
                .anyMatch(parser -> parser.channel().equals(update.channel()) && parser.knows(update.kind()));
        Tag kind = new Tag("kind", known ? update.kind() : "other");
        registry.counter("bot_updates_total", kind).inc();
        if (update.unknownFields() > 0) {
            registry.counter("bot_unknown_update_fields_total", kind).inc(update.unknownFields());
        }
    }
}
