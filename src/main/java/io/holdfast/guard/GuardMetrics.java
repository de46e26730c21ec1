package io.holdfast.guard;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/** Counts commands; the label is the command's name, of which there are as many as handlers. */
@ApplicationScoped
class GuardMetrics {

    @Inject
    private MetricRegistry registry;

    void ended(String command, boolean refused) {
        registry.counter("bot_command_count", new Tag("command", command)).inc();
        if (refused) {
            registry.counter("bot_refused_command", new Tag("command", command)).inc();
        }
    }

    void failed(String command) {
        registry.counter("bot_command_count", new Tag("command", command)).inc();
        registry.counter("bot_failed_command", new Tag("command", command)).inc();
    }
}
