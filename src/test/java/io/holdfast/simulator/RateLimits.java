package io.holdfast.simulator;

import java.util.HashMap;
import java.util.Map;

/** About one message a second per chat with short bursts, 20 a minute per group, 30 a second per bot; else 429. */
final class RateLimits {

    private record Key(char kind, long bot, long chat) {}

    private static final int CHAT_BURST = 5;
    private static final int GROUP_BURST = 20;
    private static final int BOT_BURST = 30;

    private final SimClock clock;
    private final Map<Key, Long> theoreticalArrivals = new HashMap<>();
    private volatile boolean on;

    RateLimits(SimClock clock, boolean on) {
        this.clock = clock;
        this.on = on;
    }

    void turn(boolean nowOn) {
        on = nowOn;
    }

    boolean isOn() {
        return on;
    }

    /** Counts a message, or refuses it and counts nothing. */
    void admit(SimBot bot, SimChat chat) throws ApiException {
        if (!on) {
            return;
        }
        int wait = chat.isPrivate() ? count(bot, chat, 'c', 1, CHAT_BURST) : count(bot, chat, 'g', 3, GROUP_BURST);
        if (wait > 0) {
            throw ApiException.tooMany(wait);
        }
    }

    private synchronized int count(SimBot bot, SimChat chat, char kind, double seconds, int burst) {
        long now = clock.nanos();
        Key chatKey = new Key(kind, bot.id(), chat.id());
        Key botKey = new Key('b', bot.id(), 0);
        long chatStep = clock.nanosFor(seconds);
        long botStep = clock.nanosFor(1.0 / BOT_BURST);
        long chatArrival = Math.max(now, theoreticalArrivals.getOrDefault(chatKey, now));
        long botArrival = Math.max(now, theoreticalArrivals.getOrDefault(botKey, now));
        long early = Math.max(chatArrival - now - chatStep * (burst - 1), botArrival - now - botStep * (BOT_BURST - 1));
        if (early > 0) {
            return (int) Math.ceil(early / 1e9);
        }
        theoreticalArrivals.put(chatKey, chatArrival + chatStep);
        theoreticalArrivals.put(botKey, botArrival + botStep);
        return 0;
    }
}
