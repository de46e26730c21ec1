package io.holdfast.simulator;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The button presses that still spin on the user's screen, until they are answered or too old. */
final class Callbacks {

    /** Observed, not documented. */
    private static final double ANSWER_SECONDS = 15;

    /** One press: who waits for the toast. */
    record Press(long botId, SimChat chat, SimUser user, SimMessage message, String data, long untilNanos) {}

    private final SimClock clock;
    private final Map<String, Press> open = new ConcurrentHashMap<>();

    Callbacks(SimClock clock) {
        this.clock = clock;
    }

    String open(SimBot bot, SimChat chat, SimUser user, SimMessage message, String data) {
        String id = Long.toString(ThreadLocalRandom.current().nextLong(1_000_000_000_000_000L, Long.MAX_VALUE));
        long until = clock.nanos() + clock.timeoutNanosFor(ANSWER_SECONDS);
        open.values().removeIf(press -> clock.nanos() - press.untilNanos() > 0);
        open.put(id, new Press(bot.id(), chat, user, message, data, until));
        return id;
    }

    /** Takes the press off the screen; null when it is unknown, answered or too old. */
    @Nullable
    Press answer(SimBot bot, String id) {
        Press press = open.get(id);
        if (press == null || press.botId() != bot.id()) {
            return null;
        }
        open.remove(id);
        return clock.nanos() - press.untilNanos() > 0 ? null : press;
    }
}
