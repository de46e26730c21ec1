package io.holdfast.dispatch;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.lane.TurnRunner.TurnResult;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.eclipse.microprofile.metrics.Timer;

/** Counts turns by how they ended, and measures them from acceptance to commit. */
@ApplicationScoped
class TurnMetrics {

    @Inject
    private MetricRegistry registry;

    @Inject
    private InstantSource clock;

    private final Map<String, Counter> endedByChatType = new ConcurrentHashMap<>();
    private Timer latency;
    private Timer turns;

    @PostConstruct
    void open() {
        latency = registry.timer("bot_job_latency_seconds");
        turns = registry.timer("bot_turn_seconds");
    }

    void ended(AcceptedUpdate row, TurnResult result, Duration took) {
        if (!(result instanceof TurnResult.Ended)) {
            return;
        }
        InboundUpdate.Chat chat = row.update().chat();
        endedByChatType
                .computeIfAbsent(
                        chat == null ? "none" : chatType(chat.type()),
                        type -> registry.counter(
                                "bot_messages_total", new Tag("status", "ended"), new Tag("chat_type", type)))
                .inc();
        latency.update(positive(Duration.between(row.acceptedAt(), clock.instant())));
        turns.update(took);
    }

    void refused() {
        registry.counter("bot_turns_refused").inc();
    }

    void failed() {
        registry.counter("bot_jobs_failed").inc();
    }

    /** The database's clock and ours may differ by a little. */
    private static Duration positive(Duration latency) {
        return latency.isNegative() ? Duration.ZERO : latency;
    }

    /** Labels are bounded: what Telegram adds one day is "other". */
    private static String chatType(String type) {
        return switch (type) {
            case "private", "group", "supergroup", "channel" -> type;
            default -> "other";
        };
    }
}
