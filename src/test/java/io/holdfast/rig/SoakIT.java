package io.holdfast.rig;

import static org.awaitility.Awaitility.await;

import io.holdfast.rig.LinkScript.Way;
import io.holdfast.rig.Links.Link;
import io.holdfast.simulator.Fault;
import io.holdfast.simulator.FaultRule;
import io.holdfast.simulator.Simulator;
import io.holdfast.simulator.SimulatorConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rig")
@Tag("soak")
class SoakIT {
    private static final double GROWTH = 1.05;
    private static final double MEBIBYTE = 1 << 20;

    /** Something that goes wrong for some seconds of each minute. */
    private record Trouble(String name, Runnable begin, Runnable end) {}

    @Test
    void twenty_minutes_of_faults_leave_no_more_behind_than_ten() throws Exception {
        Cell.run("soak", cell -> {
            try (Links links = new Links();
                    Rig rig = cell.rig(Rig.Plan.own(SimulatorConfig.defaults(), links::wire));
                    Load load = rig.load(5, 300).begin(50)) {
                Duration round = cell.size().of(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(1));
                int rounds = cell.size().of(2, 20, 240);
                int warm = cell.size().of(0, 5, 5);
                List<Trouble> troubles = troubles(rig, links);
                List<Footprint> found = new ArrayList<>();
                for (int i = 0; i < rounds; i++) {
                    Trouble trouble = troubles.get(i % troubles.size());
                    trouble.begin().run();
                    pass(round.dividedBy(6));
                    trouble.end().run();
                    pass(round.dividedBy(2));
                    Footprint first = Footprint.afterCollections(rig.installation());
                    pass(round.dividedBy(4));
                    Footprint second = Footprint.afterCollections(rig.installation());
                    if (i >= warm) {
                        found.addAll(List.of(first, second));
                    }
                    cell.verdict().figure("minute %d, %s".formatted(i + 1, trouble.name()), second);
                }
                judge(cell, found);
                load.judge(cell);
            }
        });
    }

    private static List<Trouble> troubles(Rig rig, Links links) {
        Simulator simulator = rig.installation().simulator();
        return List.of(
                script(links, Link.DATABASE, LinkScript.reset()),
                fault(simulator, Fault.rateLimit(2)),
                script(links, Link.TELEGRAM, LinkScript.cutByReset(Way.DOWN, 100)),
                fault(simulator, Fault.delay(Duration.ofSeconds(2))),
                script(links, Link.DATABASE, LinkScript.blackHole().onlyOneIn(2)),
                fault(simulator, Fault.serverError(502)),
                script(links, Link.TELEGRAM, LinkScript.halfOpen(Way.DOWN)),
                new Trouble(
                        "sessions of the database ended",
                        () -> rig.installation()
                                .database()
                                .execute("select pg_terminate_backend(pid) from pg_stat_activity"
                                        + " where application_name like 'holdfast-%'"),
                        () -> {}),
                script(links, Link.TELEGRAM, LinkScript.refuse()),
                script(links, Link.DATABASE, LinkScript.latency(Duration.ofMillis(100), Duration.ofMillis(100))));
    }

    private static Trouble script(Links links, Link link, LinkScript script) {
        return new Trouble(
                link + ", " + script.name(),
                () -> links.play(link, script),
                () -> links.play(link, LinkScript.whole()));
    }

    private static Trouble fault(Simulator simulator, Fault fault) {
        FaultRule rule = FaultRule.always(fault).onMethod("sendMessage").withProbability(0.2);
        return new Trouble(
                "Telegram, " + fault.kind(),
                () -> simulator.faults().add(rule),
                () -> simulator.faults().clear());
    }

    private static void judge(Cell cell, List<Footprint> found) {
        compare(cell, found, "heap after collection (MiB)", footprint -> footprint.heap() / MEBIBYTE);
        compare(cell, found, "threads", Footprint::threads);
        compare(cell, found, "sessions of the database", Footprint::connections);
        compare(cell, found, "handles", Footprint::handles);
    }

    /** The medians of the first and of the last third; at size s there are too few to mean anything. */
    private static void compare(Cell cell, List<Footprint> found, String name, ToDoubleFunction<Footprint> figure) {
        int third = Math.max(1, found.size() / 3);
        double first = median(found.subList(0, third), figure);
        double last = median(found.subList(found.size() - third, found.size()), figure);
        if (cell.size() == Size.S) {
            cell.verdict().figure(name, "%.1f, then %.1f (compared at size m)".formatted(first, last));
        } else {
            cell.verdict().figure(name + ", first third", "%.1f".formatted(first));
            cell.verdict().atMost(name + ", last third", last, first * GROWTH, "");
        }
    }

    private static double median(List<Footprint> found, ToDoubleFunction<Footprint> figure) {
        double[] sorted = found.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private static void pass(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        await().atMost(duration.plusMinutes(5)).until(() -> System.nanoTime() > until);
    }
}
