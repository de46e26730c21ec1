package io.holdfast.lane;

import io.holdfast.channel.SendOutcome;
import io.holdfast.outbox.QueuedMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Counts calls to the channel by their outcome, and how long they took. */
@ApplicationScoped
class SendMetrics {

    @Inject
    private MetricRegistry registry;

    void sent(QueuedMessage message, SendOutcome outcome, Duration took) {
        registry.counter(
                        "bot_sends_total",
                        new Tag("outcome", outcome.outcomeClass().name()),
                        new Tag("class", message.messageClass().name()))
                .inc();
        registry.timer("bot_send_seconds").update(took);
        if (message.attempts() > 1) {
            registry.counter("bot_retries", new Tag("queue", "outbox")).inc();
        }
    }

    void throttled(Pause pause) {
        registry.counter("bot_rate_limit_exceeded_total", new Tag("scope", pause.ofWholeBot() ? "bot" : "chat"))
                .inc();
    }
}
