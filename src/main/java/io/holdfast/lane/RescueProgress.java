package io.holdfast.lane;

import io.holdfast.due.OpenWork;
import io.holdfast.kernel.BotId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How far the rescue of one queue has come with each bot, so that no run begins where all is finished. Not thread-safe.
 *
 * <p>A bot begins at its first row when its lane is a new one, and once an hour.
 */
final class RescueProgress {
    private static final Duration FROM_THE_BEGINNING = Duration.ofHours(1);
    /** Bots of one statement: it is a short one although each may have a full page. */
    private static final int BOTS = 25;

    private record Mark(HeldBot lane, long passed) {}

    private final Map<BotId, Mark> marks = new HashMap<>();
    private @Nullable Instant begun;

    /** Reads the next page of each bot, above the id that stands with it. */
    interface Reader {
        List<OpenWork> read(Map<BotId, Long> after);
    }

    /** Gives all pages of all bots to {@code each}, every bot's from where it has come on. */
    void run(Map<BotId, HeldBot> held, Instant now, Reader reader, BiConsumer<OpenWork, HeldBot> each) {
        Map<BotId, Long> next = begin(held, now);
        Map<BotId, Long> contiguous = new HashMap<>(next);
        while (!next.isEmpty()) {
            Map<BotId, Long> some = first(next);
            next.keySet().removeAll(some.keySet());
            for (OpenWork page : reader.read(some)) {
                HeldBot lane = held.get(page.bot());
                if (lane == null) {
                    continue;
                }
                each.accept(page, lane);
                if (contiguous.remove(page.bot(), some.get(page.bot()))) {
                    marks.put(page.bot(), new Mark(lane, page.passed()));
                    if (page.passed() == page.last()) {
                        contiguous.put(page.bot(), page.last());
                    }
                }
                if (page.more()) {
                    next.put(page.bot(), page.last());
                }
            }
        }
    }

    private Map<BotId, Long> begin(Map<BotId, HeldBot> held, Instant now) {
        if (begun == null || begun.plus(FROM_THE_BEGINNING).isBefore(now)) {
            begun = now;
            marks.clear();
        }
        marks.entrySet()
                .removeIf(mark -> held.get(mark.getKey()) != mark.getValue().lane());
        Map<BotId, Long> next = new LinkedHashMap<>();
        held.forEach((bot, lane) -> next.put(
                bot, marks.computeIfAbsent(bot, known -> new Mark(lane, 0)).passed()));
        return next;
    }

    private static Map<BotId, Long> first(Map<BotId, Long> next) {
        Map<BotId, Long> some = new LinkedHashMap<>();
        next.entrySet().stream().limit(BOTS).forEach(entry -> some.put(entry.getKey(), entry.getValue()));
        return some;
    }
}
