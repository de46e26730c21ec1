package io.holdfast.telegram;

import io.holdfast.kernel.BotId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts the deliveries of each bot in each minute of the clock, on this node. Thread-safe.
 *
 * <p>Whoever is over the limit is asked to come again when the next minute begins. What could not be taken does not count: Telegram
 * repeats it every second or two for each chat, which alone is over the limit soon while the database is away.
 */
final class DeliveryRate {
    private static final long MINUTE = Duration.ofMinutes(1).toMillis();

    private record Count(long minute, int deliveries) {}

    private final Map<BotId, Count> counts = new ConcurrentHashMap<>();

    /** Counts one more; answers how long to wait, zero where it is within the limit. */
    Duration waitAt(Instant now, BotId bot, int limit) {
        long minute = Math.floorDiv(now.toEpochMilli(), MINUTE);
        Count count = counts.merge(
                bot,
                new Count(minute, 1),
                (old, one) -> old.minute() == minute ? new Count(minute, old.deliveries() + 1) : one);
        return count.deliveries() <= limit
                ? Duration.ZERO
                : Duration.ofMillis((minute + 1) * MINUTE - now.toEpochMilli());
    }

    /** Takes one back that was counted at that moment and could not be taken. */
    void forget(Instant counted, BotId bot) {
        long minute = Math.floorDiv(counted.toEpochMilli(), MINUTE);
        counts.computeIfPresent(
                bot, (id, old) -> old.minute() == minute ? new Count(minute, old.deliveries() - 1) : old);
    }
}
