package io.holdfast.rig;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every update comes in at any of the nodes, while in turn one joins and another one leaves in order. */
@Tag("rig")
@Tag("three-nodes")
class ThreeNodesIT {
    private static final Duration EVENED_OUT = Duration.ofSeconds(30);
    /** When the cell stops to wait, which breaks the limit at every size. */
    private static final Duration GIVEN_UP = Duration.ofSeconds(45);

    @Test
    void while_nodes_join_and_leave_each_bot_lives_on_one_and_the_bots_are_evened_out() throws Exception {
        Cell.run("three-nodes", cell -> {
            int rounds = cell.size().of(1, 20, 200);
            List<Duration> evened = new ArrayList<>();
            try (Cluster cluster = Cluster.open(cell, 2);
                    Load load = cluster.load(cell, 9, 300)) {
                long calls = cluster.installation().simulator().journal().callCount();
                cluster.front().routeAtRandom();
                load.begin(50);
                for (int round = 0; round < rounds; round++) {
                    long begun = System.nanoTime();
                    cluster.node((round + 2) % 3).run();
                    evened.add(untilEvened(cluster));
                    cell.verdict()
                            .figure("join " + (round + 1), cluster.ledger().spread());
                    cell.pass(remainder(begun, cell.size()));
                    cluster.node(cell.size() == Size.S ? 2 : round % 3).terminate();
                }
                load.judge(cell);
                judge(cell.verdict(), evened);
                cell.verdict()
                        .figure(
                                "tries of the front that failed",
                                cluster.front().failures());
                cluster.ledger().judge(cell.verdict(), load, calls, 0);
            }
        });
    }

    /** From one join to the next 30 s pass, where a start does not take longer. */
    private static Duration remainder(long begun, Size size) {
        Duration passed = Duration.ofNanos(System.nanoTime() - begun);
        Duration round = size == Size.S ? Duration.ZERO : Duration.ofSeconds(30);
        return round.compareTo(passed) > 0 ? round.minus(passed) : Duration.ZERO;
    }

    /** Until no node that lives holds more than its even share. */
    private static Duration untilEvened(Cluster cluster) {
        long joined = System.nanoTime();
        try {
            await().atMost(GIVEN_UP)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> even(cluster.ledger().spread()));
        } catch (ConditionTimeoutException e) {
            return GIVEN_UP;
        }
        return Duration.ofNanos(System.nanoTime() - joined);
    }

    private static boolean even(Map<String, Long> spread) {
        long bots = spread.values().stream().mapToLong(Long::longValue).sum();
        long share = Math.ceilDiv(bots, Math.max(1, spread.size()));
        return spread.values().stream().allMatch(held -> held <= share);
    }

    private static void judge(Verdict verdict, List<Duration> evened) {
        verdict.figure("joins", evened.size());
        verdict.atMost(
                "joins after which no even share was reached",
                (double) evened.stream().filter(GIVEN_UP::equals).count(),
                0,
                "");
        Durations.figure(verdict, "join to even shares", evened, EVENED_OUT);
        verdict.within(
                "join to even shares, longest",
                Durations.seconds(Durations.longest(evened)),
                Durations.seconds(EVENED_OUT));
    }
}
