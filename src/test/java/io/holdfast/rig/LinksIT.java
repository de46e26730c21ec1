package io.holdfast.rig;

import static org.awaitility.Awaitility.await;

import io.holdfast.rig.LinkScript.Way;
import io.holdfast.rig.Links.Link;
import io.holdfast.simulator.SimulatorConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rig")
@Tag("links")
class LinksIT {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What is played on which link. */
    private record Scene(Link link, LinkScript script) {}

    @Test
    void whatever_happens_to_a_link_nothing_is_lost_and_sending_goes_on_when_it_is_whole() throws Exception {
        Cell.run("links", cell -> {
            try (Links links = new Links();
                    Rig rig = cell.rig(Rig.Plan.own(telegram(cell.size()), links::wire));
                    Load load = rig.load(5, 300).begin(cell.size().of(20, 50, 50))) {
                awaitAnswers(load, cell.size().of(100, 1_000, 1_000));
                int threads = Footprint.threads(rig.installation());
                cell.verdict().figure("threads at the begin", threads);
                List<Duration> resumed = new ArrayList<>();
                List<Duration> released = new ArrayList<>();
                List<Scene> scenes = scenes(cell);
                long fewest = Long.MAX_VALUE;
                for (Scene scene : scenes) {
                    long struck = links.struck(scene.link());
                    links.play(scene.link(), scene.script());
                    pass(cell.size().of(Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(12)));
                    long atHealing = rig.installation().simulator().journal().callCount();
                    links.play(scene.link(), LinkScript.whole());
                    long healed = System.nanoTime();
                    resumed.add(untilSent(rig, atHealing, healed));
                    released.add(untilReleased(rig, threads, healed));
                    cell.verdict()
                            .figure(
                                    scene.link() + ", " + scene.script().name(),
                                    "sends after %s, threads back after %s, %d connections struck"
                                            .formatted(
                                                    Cell.seconds(resumed.getLast()),
                                                    Cell.seconds(released.getLast()),
                                                    links.struck(scene.link()) - struck));
                    fewest = Math.min(fewest, links.struck(scene.link()) - struck);
                    awaitBacklog(load);
                }
                load.judge(cell);
                cell.verdict().figure("scripts", scenes.size());
                cell.verdict().atLeast("connections that each script struck", (double) fewest, 1, "");
                Durations.figure(cell.verdict(), "sending again", resumed, LIMIT);
                Durations.figure(cell.verdict(), "threads within base + 10 % + 5", released, LIMIT);
            }
        });
    }

    /** In every build Telegram repeats failed deliveries sooner, so that the next script need not wait for them. */
    private static SimulatorConfig telegram(Size size) {
        return SimulatorConfig.defaults().withTimeScale(size.of(4, 4, 1));
    }

    private static List<Scene> scenes(Cell cell) {
        List<Scene> all = new ArrayList<>();
        scripts(cell.random(), 300, 2_000, 400).forEach(script -> all.add(new Scene(Link.TELEGRAM, script)));
        scripts(cell.random(), 100, 20_000, 4_000).forEach(script -> all.add(new Scene(Link.DATABASE, script)));
        if (cell.size() != Size.S) {
            return all;
        }
        return List.of(
                new Scene(Link.TELEGRAM, LinkScript.cutByReset(Way.DOWN, 0)),
                new Scene(Link.TELEGRAM, LinkScript.halfOpen(Way.DOWN)),
                new Scene(Link.DATABASE, LinkScript.blackHole()),
                new Scene(Link.DATABASE, LinkScript.reset()));
    }

    private static List<LinkScript> scripts(RandomGenerator random, int millis, int rate, int bytes) {
        return List.of(
                LinkScript.latency(Duration.ofMillis(millis), Duration.ZERO),
                LinkScript.latency(Duration.ofMillis(millis / 10), Duration.ofMillis(2L * millis)),
                LinkScript.rate(rate),
                LinkScript.cut(Way.DOWN, random.nextInt(1, bytes)),
                LinkScript.cut(Way.UP, random.nextInt(1, bytes)),
                LinkScript.cutByReset(Way.DOWN, 0),
                LinkScript.cutByReset(Way.UP, random.nextInt(1, bytes)),
                LinkScript.reset().onlyOneIn(2),
                LinkScript.blackHole(),
                LinkScript.halfOpen(Way.UP),
                LinkScript.halfOpen(Way.DOWN),
                LinkScript.refuse());
    }

    private static void pass(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        await().atMost(duration.plus(PATIENCE)).until(() -> System.nanoTime() > until);
    }

    private static void awaitAnswers(Load load, int count) {
        await().atMost(PATIENCE).until(() -> load.echoes().answered() >= count);
    }

    /** Until a message came that was called for after the link was whole. */
    private static Duration untilSent(Rig rig, long callsBefore, long since) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> rig.installation().simulator().journal().callsAfter(callsBefore).stream()
                        .anyMatch(call -> call.method().equals("sendMessage") && call.accepted()));
        return Duration.ofNanos(System.nanoTime() - since);
    }

    private static Duration untilReleased(Rig rig, int base, long since) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(250))
                .until(() -> Footprint.threads(rig.installation()) <= Footprint.threadLimit(base));
        return Duration.ofNanos(System.nanoTime() - since);
    }

    /** The next script meets a server that is at its ordinary work. */
    private static void awaitBacklog(Load load) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> load.bots().stream()
                                .mapToInt(bot -> bot.pendingUpdates())
                                .sum()
                        < 50);
    }
}
