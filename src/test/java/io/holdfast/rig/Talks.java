package io.holdfast.rig;

import io.holdfast.simulator.ApiCall;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Chats that say the same kind of thing in turn at a fixed rate, and how long the answers to each took. */
final class Talks {

    private record Talk(SimBot bot, SimChat chat) {}

    private record Said(long chat, String text) {}

    private final Simulator simulator;
    private final List<Talk> talks = new ArrayList<>();
    private final Map<Said, Long> saidAt = new ConcurrentHashMap<>();
    private final long journalBegin;
    private int count;

    Talks(Simulator simulator) {
        this.simulator = simulator;
        this.journalBegin = simulator.journal().callCount();
    }

    /** Adds new chats of a bot. */
    Talks with(SimBot bot, int chats) {
        for (int i = 0; i < chats; i++) {
            talks.add(new Talk(bot, simulator.privateChat(bot, "Talker " + i)));
        }
        return this;
    }

    /** Says /echo in the next chat, so many times a second, until the answer is cancelled. */
    ScheduledFuture<?> echo(ScheduledExecutorService driver, double perSecond) {
        return repeat(driver, perSecond, () -> {
            Talk talk = next();
            String text = "t" + count;
            saidAt.put(new Said(talk.chat().id(), text), System.nanoTime());
            simulator.say(talk.bot(), talk.chat(), "/echo " + text);
        });
    }

    /** Says a text in the next chat, so many times a second, until the answer is cancelled. */
    ScheduledFuture<?> say(ScheduledExecutorService driver, double perSecond, String text) {
        return repeat(driver, perSecond, () -> {
            Talk talk = next();
            simulator.say(talk.bot(), talk.chat(), text);
        });
    }

    private static ScheduledFuture<?> repeat(ScheduledExecutorService driver, double perSecond, Runnable work) {
        return driver.scheduleAtFixedRate(work, 0, (long) (1e9 / perSecond), TimeUnit.NANOSECONDS);
    }

    private Talk next() {
        return talks.get(count++ % talks.size());
    }

    SimChat chat(int index) {
        return talks.get(index).chat();
    }

    int said() {
        return saidAt.size();
    }

    /** From the user's message to the first call that answers it, for what was said in that time. */
    List<Duration> latencies(long fromNanos, long toNanos) {
        Map<Said, Long> answeredAt = new HashMap<>();
        for (ApiCall call : simulator.journal().callsAfter(journalBegin)) {
            if (call.method().equals("sendMessage") && call.accepted()) {
                String text = String.valueOf(call.parameter("text"));
                int space = text.indexOf(' ');
                answeredAt.putIfAbsent(
                        new Said(call.chatId(), space < 0 ? text : text.substring(0, space)), call.atNanos());
            }
        }
        List<Duration> latencies = new ArrayList<>();
        saidAt.forEach((said, at) -> {
            Long answered = answeredAt.get(said);
            if (at >= fromNanos && at < toNanos && answered != null) {
                latencies.add(Duration.ofNanos(answered - at));
            }
        });
        return latencies;
    }

    /** How much of what was said has no answer yet. */
    int unanswered() {
        return said() - latencies(Long.MIN_VALUE, Long.MAX_VALUE).size();
    }
}
