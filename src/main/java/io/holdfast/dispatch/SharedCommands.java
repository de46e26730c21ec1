package io.holdfast.dispatch;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.command.CommandClass;
import io.holdfast.command.CommandDefinition;
import io.holdfast.command.CommandRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which turns may share a commit: those that touch no store while they run, unless their command was seen to take long.
 *
 * <p>What is done together ends together. So a command that held up the others three times in a row has its turns alone for a
 * while; once or twice may be a cold process, or busy processors.
 */
@ApplicationScoped
class SharedCommands {
    private static final Duration LONG = Duration.ofMillis(250);
    private static final int OFTEN = 3;
    private static final Duration ALONE = Duration.ofMinutes(1);

    @Inject
    private CommandRegistry registry;

    /** How many of a command's last turns took long, one after another. */
    private final Map<String, Integer> suspected = new ConcurrentHashMap<>();

    /** Until when the turns of a command are alone, by System.nanoTime. */
    private final Map<String, Long> alone = new ConcurrentHashMap<>();

    /** True for what writes nothing but its answer: no store, no state of a button, no change of its chat. */
    boolean includes(InboundUpdate update, Request request) {
        if (update.callbackId() != null || update.change() != null) {
            return false;
        }
        return switch (request) {
            case Request.None none -> true;
            case Request.FreeText text -> true;
            case Request.Stop stop -> false;
            case Request.Command command ->
                registry.find(command.name()).map(this::includes).orElse(true);
        };
    }

    private boolean includes(CommandDefinition definition) {
        boolean pure = definition.spec().pure()
                && !definition.spec().slow()
                && definition.spec().commandClass() != CommandClass.CONTROL;
        if (!pure) {
            return false;
        }
        Long until = alone.get(definition.name());
        if (until != null && System.nanoTime() - until >= 0) {
            alone.remove(definition.name(), until);
            return true;
        }
        return until == null;
    }

    /** Notes how long the handler was at work. */
    void took(Request.Command command, long nanos) {
        if (nanos <= LONG.toNanos()) {
            suspected.remove(command.name());
        } else if (registry.find(command.name()).isPresent()
                && suspected.merge(command.name(), 1, Integer::sum) >= OFTEN) {
            alone.put(command.name(), System.nanoTime() + ALONE.toNanos());
        }
    }
}
