package io.holdfast.rig;

import io.holdfast.simulator.Delivery;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.Simulator;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How long each update took from its first offer to its acknowledgement, with all that was tried in between. */
final class Acknowledgements {

    private record Update(long bot, long id) {}

    private final Map<Update, Long> offered = new HashMap<>();
    private final Map<Update, Duration> acknowledged = new HashMap<>();
    private final Map<String, Long> failures = new TreeMap<>();

    /** Reads what was delivered to these bots after a place in the log of deliveries. */
    Acknowledgements(Simulator simulator, long after, List<SimBot> bots) {
        Set<Long> ours = bots.stream().map(SimBot::id).collect(Collectors.toSet());
        simulator.journal().deliveriesAfter(after).stream()
                .filter(delivery -> ours.contains(delivery.botId()))
                .forEach(this::take);
    }

    private void take(Delivery delivery) {
        Update update = new Update(delivery.botId(), delivery.updateId());
        offered.merge(update, delivery.startNanos(), Math::min);
        if (delivery.acknowledged()) {
            acknowledged.putIfAbsent(
                    update,
                    Duration.ofNanos(delivery.endNanos() - offered.getOrDefault(update, delivery.startNanos())));
        } else {
            failures.merge(String.valueOf(delivery.error()), 1L, Long::sum);
        }
    }

    int count() {
        return acknowledged.size();
    }

    long neverAcknowledged() {
        return offered.size() - (long) acknowledged.size();
    }

    /** Deliveries that Telegram had to make again. */
    long failed() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }

    Map<String, Long> failures() {
        return failures;
    }

    /** The time within which so many percent were acknowledged. */
    Duration percentile(double percent) {
        return Durations.percentile(List.copyOf(acknowledged.values()), percent / 100);
    }

    Duration longest() {
        return Durations.longest(List.copyOf(acknowledged.values()));
    }
}
