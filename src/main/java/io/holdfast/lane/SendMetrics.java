package io.holdfast.lane;

import io.holdfast.channel.OutcomeClass;
import io.holdfast.channel.SendOutcome;
import io.holdfast.outbox.MessageClass;
import io.holdfast.outbox.QueuedMessage;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/** Counts calls to the channel by their outcome, and how long they took. */
@ApplicationScoped
class SendMetrics {

    @Inject
    private MetricRegistry registry;

    private final Map<Kind, Counter> sends = new ConcurrentHashMap<>();
    private Timer took;

    private record Kind(OutcomeClass outcome, MessageClass message) {}

    @PostConstruct
    void open() {
        took = registry.timer("bot_send_seconds");
    }

    void sent(QueuedMessage message, SendOutcome outcome, Duration time) {
        sends.computeIfAbsent(
                        new Kind(outcome.outcomeClass(), message.messageClass()),
                        kind -> registry.counter(
                                "bot_sends_total",
                                new Tag("outcome", kind.outcome().name()),
                                new Tag("class", kind.message().name())))
                .inc();
        took.update(time);
        if (message.attempts() > 1) {
            registry.counter("bot_retries", new Tag("queue", "outbox")).inc();
        }
    }

    void throttled(Pause pause) {
        registry.counter("bot_rate_limit_exceeded_total", new Tag("scope", pause.ofWholeBot() ? "bot" : "chat"))
                .inc();
    }
}
