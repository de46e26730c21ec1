package io.holdfast.rig;

import io.holdfast.simulator.ApiCall;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads from the journal which chat and which bot had to be silent, and who was not.
 *
 * <p>A 429 silences its chat. It silences the bot when another chat of it was hit within 5 s, or when the wait is 30 s or more.
 * Calls that were on their way when the 429 was answered are counted apart.
 */
final class Pauses {
    private static final Pattern WAIT = Pattern.compile("retry after (\\d+)");
    private static final long BOT_WINDOW = Duration.ofSeconds(5).toNanos();
    private static final int BOT_WAIT = 30;
    /** How long a call can have been on its way: nothing here is farther than this machine. */
    private static final long UNDER_WAY = Duration.ofMillis(300).toNanos();

    private record Pause(long begin, long end) {
        boolean holds(long at) {
            return at > begin + UNDER_WAY && at < end;
        }

        boolean begins(long at) {
            return at > begin && at <= begin + UNDER_WAY;
        }
    }

    private record Hit(long chat, long at) {}

    private final Map<Long, Pause> chats = new HashMap<>();
    private final Map<Long, Pause> bots = new HashMap<>();
    private final Map<Long, Hit> lastHits = new HashMap<>();
    private int hits;
    private int botPauses;
    private int broken;
    private int underWay;

    Pauses(List<ApiCall> calls) {
        calls.stream().filter(call -> call.chatId() != 0).forEach(this::take);
    }

    private void take(ApiCall call) {
        Pause chat = chats.getOrDefault(call.chatId(), new Pause(0, 0));
        Pause bot = bots.getOrDefault(call.botId(), new Pause(0, 0));
        if (chat.holds(call.atNanos()) || bot.holds(call.atNanos())) {
            broken++;
        } else if (chat.begins(call.atNanos()) || bot.begins(call.atNanos())) {
            underWay++;
        }
        Matcher wait = WAIT.matcher(call.description());
        if (call.errorCode() == 429 && wait.find()) {
            hit(call, Integer.parseInt(wait.group(1)));
        }
    }

    private void hit(ApiCall call, int seconds) {
        hits++;
        long at = call.atNanos();
        Pause pause = new Pause(at, at + Duration.ofSeconds(seconds).toNanos());
        chats.merge(call.chatId(), pause, Pauses::longer);
        Hit last = lastHits.put(call.botId(), new Hit(call.chatId(), at));
        boolean another = last != null && last.chat() != call.chatId() && at - last.at() <= BOT_WINDOW;
        if (another || seconds >= BOT_WAIT) {
            botPauses++;
            bots.merge(call.botId(), pause, Pauses::longer);
        }
    }

    /** The earlier begin stays while the earlier pause still holds. */
    private static Pause longer(Pause before, Pause now) {
        return before.end() < now.begin() ? now : new Pause(before.begin(), Math.max(before.end(), now.end()));
    }

    /** How many 429 were answered. */
    int hits() {
        return hits;
    }

    /** How many of them silenced a bot. */
    int botPauses() {
        return botPauses;
    }

    /** Requests for a chat or bot inside its pause. */
    int broken() {
        return broken;
    }

    /** Requests that may have been on their way when the pause began. */
    int underWay() {
        return underWay;
    }
}
