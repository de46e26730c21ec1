package io.holdfast.rig;

import static org.awaitility.Awaitility.await;

import io.holdfast.kernel.CrashPoint;
import io.holdfast.simulator.SimulatorConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rig")
@Tag("crashpoints")
class CrashPointsIT {
    /** What the process ends with where it ended itself by {@link CrashPoint}. */
    private static final int CRASHED = 137;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CHATS = 500;
    /** After so many turns the suspects are done, at most one of each chat, and what shared commits beside them: what follows has no mark. */
    private static final int RESTED = CHATS + 1000;

    private static final String TURN = "after-messages-queued";
    /** Telegram's pauses grow with every crash; at their real length most of the time would be waiting. */
    private static final int TIME_SCALE = 8;
    /** Nothing is timed here, and most of the time goes into starts. */
    private static final String COMPILES_LIGHTLY = "-XX:TieredStopAtLevel=1";

    private static final List<String> SMALL = List.of("before-shared-commit", "after-call", "after-mark");
    /** Passed in a start, or for what was open at the last crash. */
    private static final Set<String> TAKE_OVER =
            Set.of("after-join", "after-lease", "after-mark-lost", "after-load", "after-mark", "after-suspect");
    /** Passed for what was open at the last crash, so that one must leave something open. */
    private static final Set<String> SUSPECTS = Set.of("after-mark", "after-suspect");
    /** Passed only while commands fail now and then. */
    private static final Set<String> FAILING =
            Set.of("before-failure-written", "after-failure-written", "after-due-taken", "after-due-handed-on");
    /** Passed only by turns that share no commit; those of the load do. */
    private static final Set<String> ALONE = Set.of("before-claim", "after-claim", "after-handler", "before-t2-commit");
    /** Passed every ten seconds once ids are half a minute old. */
    private static final Set<String> FLOORS = Set.of("before-floors", "after-floors");

    private static final Set<String> STOP = Set.of("before-release", "after-release-due", "after-release");

    private record Crash(String point, int hit) {}

    @Test
    void a_crash_at_any_named_place_loses_nothing_applies_nothing_twice_and_keeps_order() throws Exception {
        Cell.run("crashpoints", cell -> {
            int bots = cell.size().of(5, 10, 10);
            Set<Crash> missed = new LinkedHashSet<>();
            Set<String> reached = new TreeSet<>();
            List<Crash> crashes = crashes(cell);
            try (Rig rig = cell.rig(plan(cell.size()));
                    Load load = rig.load(bots, CHATS).begin(100)) {
                await().atMost(PATIENCE).until(() -> load.echoes().answered() > 100);
                for (Crash crash : crashes) {
                    if (ends(rig, load, cell, crash)) {
                        reached.add(crash.point());
                    } else {
                        missed.add(crash);
                    }
                }
                rig.kill9();
                rig.start();
                load.judge(cell);
                Verdict verdict = cell.verdict();
                verdict.figure("crashes", crashes.size() - missed.size());
                verdict.figure("hits that did not come", missed);
                verdict.atLeast(
                        "places reached", reached.size(), places(cell.size()).size(), "");
                verdict.atMost(
                        "copies of all crashes",
                        load.echoes().check().copies(),
                        (crashes.size() + 1) * KillIT.CALLS_IN_FLIGHT,
                        "");
            }
        });
    }

    private static Rig.Plan plan(Size size) {
        return size == Size.S
                ? Rig.Plan.usual(size)
                : Rig.Plan.own(
                        SimulatorConfig.defaults().withTimeScale(TIME_SCALE),
                        variables -> variables.merge("JVM_ARGS", " " + COMPILES_LIGHTLY, String::concat));
    }

    private static List<String> places(Size size) {
        return size == Size.S ? SMALL : CrashPoint.NAMES;
    }

    /**
     * In an order of chance; after a crash in a take-over comes one that lets the server rest first, since three crashes in one
     * turn would park its update, as they must.
     */
    private static List<Crash> crashes(Cell cell) {
        List<Crash> takeOvers = new ArrayList<>();
        List<Crash> others = new ArrayList<>();
        for (String point : places(cell.size())) {
            for (int hit : hits(cell.size(), point)) {
                (TAKE_OVER.contains(point) ? takeOvers : others).add(new Crash(point, hit));
            }
        }
        Random chance = new Random(cell.random().nextLong());
        Collections.shuffle(takeOvers, chance);
        Collections.shuffle(others, chance);
        List<Crash> crashes = new ArrayList<>();
        for (Crash other : others) {
            crashes.add(other);
            if (!takeOvers.isEmpty()) {
                Crash next = takeOvers.removeFirst();
                if (SUSPECTS.contains(next.point())) {
                    crashes.add(new Crash("after-t1-commit", 2));
                }
                crashes.add(next);
            }
        }
        return crashes;
    }

    private static List<Integer> hits(Size size, String point) {
        if (size == Size.S || (size == Size.M && FLOORS.contains(point))) {
            return List.of(1);
        }
        return List.of(1, 2, 10);
    }

    /** Starts the server so that it crashes there, and answers whether it did. */
    private static boolean ends(Rig rig, Load load, Cell cell, Crash crash) throws InterruptedException {
        rig.kill9();
        String place = "%s:%d".formatted(crash.point(), crash.hit());
        List<String> arguments = new ArrayList<>();
        arguments.add("-Drig.crash=" + (atOnce(crash) ? place : "%s:%s:%d".formatted(place, TURN, RESTED)));
        if (ALONE.contains(crash.point())) {
            arguments.add("-Dholdfast.lane.shared=0");
        }
        if (FAILING.contains(crash.point())) {
            arguments.add("-Drig.mishaps=0.05:%d:HANDLER".formatted(cell.seed()));
        }
        if (STOP.contains(crash.point())) {
            rig.start(arguments.toArray(String[]::new));
            int before = load.echoes().answered();
            await().atMost(PATIENCE).until(() -> load.echoes().answered() > before + RESTED);
            rig.installation().server().terminate();
            return rig.installation().server().exitCode() == CRASHED;
        }
        rig.launch(arguments.toArray(String[]::new));
        try {
            await().atMost(PATIENCE.multipliedBy(2))
                    .until(() -> !rig.installation().server().running());
            return rig.installation().server().exitCode() == CRASHED;
        } catch (ConditionTimeoutException e) {
            return false;
        }
    }

    /** In a take-over, or in a stop, which comes after a rest anyway. */
    private static boolean atOnce(Crash crash) {
        return TAKE_OVER.contains(crash.point()) || STOP.contains(crash.point());
    }
}
