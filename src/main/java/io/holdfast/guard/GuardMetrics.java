package io.holdfast.guard;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.Counter;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Counts commands; the label is the command's name, of which there are as many as handlers. */
@ApplicationScoped
class GuardMetrics {

    @Inject
    private MetricRegistry registry;

    private final Map<String, Counter> commands = new ConcurrentHashMap<>();

    void ended(String command, boolean refused) {
        count(command);
        if (refused) {
            registry.counter("bot_refused_command", new Tag("command", command)).inc();
        }
    }

    void failed(String command) {
        count(command);
        registry.counter("bot_failed_command", new Tag("command", command)).inc();
    }

    private void count(String command) {
        commands.computeIfAbsent(command, name -> registry.counter("bot_command_count", new Tag("command", name)))
                .inc();
    }
}
