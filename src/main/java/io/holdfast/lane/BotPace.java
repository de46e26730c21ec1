package io.holdfast.lane;

import io.holdfast.resilience.TokenBucket;
import io.holdfast.resilience.TokenBucket.Rate;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How fast one bot may send, by Telegram's published figures; nothing of it holds for a bot that is paced by the platform.
 *
 * <p>All buckets begin with one token at the time the bot was taken over. One that is made later begins as if it had been there since.
 */
final class BotPace {
    static final Rate CHAT = new Rate(Duration.ofSeconds(1), 3);
    /** At most 20 in any minute: 3 at once and 17 more. */
    static final Rate GROUP = new Rate(Duration.ofMillis(3500), 3);

    static final Rate BULK = new Rate(Duration.ofMillis(40), 1);

    /** Calls that the platform counts by themselves. */
    static final Map<String, Rate> METHODS = Map.of(
            "setWebhook", new Rate(Duration.ofSeconds(1), 1),
            "deleteWebhook", new Rate(Duration.ofSeconds(1), 1),
            "setMyCommands", new Rate(Duration.ofSeconds(1), 3),
            "deleteMyCommands", new Rate(Duration.ofSeconds(1), 3),
            "setChatMenuButton", new Rate(Duration.ofSeconds(1), 3),
            "setMyName", new Rate(Duration.ofMinutes(1), 1),
            "setMyDescription", new Rate(Duration.ofMinutes(1), 1),
            "setMyShortDescription", new Rate(Duration.ofMinutes(1), 1));

    private final long openedAt;
    private final TokenBucket bulk;
    private final Map<String, TokenBucket> methods = new HashMap<>();
    private boolean own = true;

    BotPace(long now) {
        openedAt = now;
        bulk = TokenBucket.withOneToken(BULK, now);
    }

    /** False: only the platform's answers count. */
    void own(boolean own) {
        this.own = own;
    }

    TokenBucket ofChat(long chat) {
        return TokenBucket.withOneToken(chat < 0 ? GROUP : CHAT, openedAt);
    }

    /** When the bot's own limits let a call of this band start. */
    long readyAt(Band band) {
        return own && band == Band.BULK ? bulk.readyAt() : TimedRing.NOW;
    }

    /** When the limits of the chat and of the method let this call start. */
    long readyAt(Band band, TokenBucket chat, String method) {
        if (!own) {
            return TimedRing.NOW;
        }
        long byMethod = METHODS.containsKey(method) ? ofMethod(method).readyAt() : TimedRing.NOW;
        return band == Band.CONTROL ? byMethod : Math.max(byMethod, chat.readyAt());
    }

    void take(Band band, TokenBucket chat, String method, long now) {
        if (!own) {
            return;
        }
        if (METHODS.containsKey(method)) {
            ofMethod(method).take(now);
        }
        if (band != Band.CONTROL) {
            chat.take(now);
        }
        if (band == Band.BULK) {
            bulk.take(now);
        }
    }

    private TokenBucket ofMethod(String method) {
        return methods.computeIfAbsent(
                method, name -> TokenBucket.withOneToken(METHODS.getOrDefault(name, CHAT), openedAt));
    }
}
