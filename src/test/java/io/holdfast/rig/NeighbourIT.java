package io.holdfast.rig;

import static org.awaitility.Awaitility.await;

import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rig")
@Tag("neighbour")
class NeighbourIT {
    /** What all the quiet ones say together, in a second. */
    private static final int QUIET_RATE = 50;

    private static final int TIMES = 20;
    private static final double RATIO = 1.3;
    private static final double MILLIS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Who is loud, and with what. Blocks are over before what was said is done, so each has bots of its own. */
    private enum Noise {
        BOT_THAT_ECHOES(true, "/echo noise"),
        CHAT_THAT_ECHOES(false, "/echo noise"),
        BOT_WHOSE_HANDLERS_TAKE_5_S(true, "/wait 5s"),
        CHAT_WHOSE_HANDLERS_TAKE_5_S(false, "/wait 5s");

        private final boolean bot;
        private final String text;

        Noise(boolean bot, String text) {
            this.bot = bot;
            this.text = text;
        }

        /** Ten quiet bots, or fifty quiet chats of one bot. */
        int quiet() {
            return bot ? 10 : 50;
        }

        double rate() {
            return (double) TIMES * QUIET_RATE / quiet();
        }
    }

    @Test
    void the_others_hardly_notice_a_loud_bot_or_chat() throws Exception {
        Cell.run("neighbour", cell -> {
            try (Rig rig = cell.rig();
                    ScheduledExecutorService driver = Executors.newScheduledThreadPool(2)) {
                Duration block = cell.size().of(Duration.ofSeconds(4), Duration.ofSeconds(20), Duration.ofMinutes(1));
                int rounds = cell.size().of(1, 2, 4);
                block(rig, driver, Noise.BOT_THAT_ECHOES, 0, block);
                for (Noise noise : noises(cell.size())) {
                    List<Duration> alone = new ArrayList<>();
                    List<Duration> beside = new ArrayList<>();
                    StringBuilder blocks = new StringBuilder();
                    for (int round = 0; round < rounds; round++) {
                        List<Duration> a = block(rig, driver, noise, 0, block);
                        List<Duration> b = block(rig, driver, noise, noise.rate(), block);
                        blocks.append("%.1f / %.1f  ".formatted(p95(a), p95(b)));
                        alone.addAll(a);
                        beside.addAll(b);
                    }
                    tell(cell.verdict(), noise, blocks.toString(), p95(alone), p95(beside), beside.size());
                }
            }
        });
    }

    private static List<Noise> noises(Size size) {
        return size == Size.S
                ? List.of(Noise.BOT_THAT_ECHOES, Noise.CHAT_WHOSE_HANDLERS_TAKE_5_S)
                : List.of(Noise.values());
    }

    private static void tell(Verdict verdict, Noise noise, String blocks, double alone, double beside, int answers) {
        String name = noise.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        verdict.figure(name + ": load", "%.0f/s beside %d/s".formatted(noise.rate(), QUIET_RATE));
        verdict.figure(name + ": p95 of the others in ms, alone / beside it", blocks.strip());
        verdict.figure(name + ": p95 of the others alone, all blocks", "%.1f ms".formatted(alone));
        verdict.atLeast(name + ": answers measured", answers, 1, "");
        double limit = Math.max(RATIO * alone, alone + MILLIS);
        if (Size.current() == Size.S) {
            verdict.figure(name + ": p95 of the others beside it", "%.1f ms (%.1f at size m)".formatted(beside, limit));
        } else {
            verdict.atMost(name + ": p95 of the others beside it", beside, limit, " ms");
        }
    }

    /** One block of load on bots of its own; the first quarter only warms up. */
    private static List<Duration> block(
            Rig rig, ScheduledExecutorService driver, Noise noise, double loudRate, Duration length) {
        Simulator simulator = rig.installation().simulator();
        Talks quiet = new Talks(simulator);
        Talks loud = new Talks(simulator);
        List<SimBot> bots =
                new ArrayList<>(rig.load(noise.bot ? noise.quiet() + 1 : 1, 0).bots());
        loud.with(bots.getFirst(), noise.bot ? noise.quiet() : 1);
        if (noise.bot) {
            bots.subList(1, bots.size()).forEach(bot -> quiet.with(bot, 5));
        } else {
            quiet.with(bots.getFirst(), noise.quiet());
        }
        long begun = System.nanoTime();
        var quietTalk = quiet.echo(driver, QUIET_RATE);
        var loudTalk = loudRate > 0 ? loud.say(driver, loudRate, noise.text) : null;
        long end = begun + length.toNanos();
        await().atMost(length.plus(PATIENCE)).until(() -> System.nanoTime() > end);
        quietTalk.cancel(false);
        await().atMost(PATIENCE).until(() -> quiet.unanswered() == 0);
        if (loudTalk != null) {
            loudTalk.cancel(false);
        }
        bots.forEach(bot -> rig.installation().client().deleteBot(bot.id()));
        return quiet.latencies(begun + length.toNanos() / 4, end);
    }

    private static double p95(List<Duration> measured) {
        return Durations.p95(measured).toNanos() / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }
}
