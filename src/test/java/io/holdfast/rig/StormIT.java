package io.holdfast.rig;

import static org.awaitility.Awaitility.await;

import io.holdfast.simulator.Fault;
import io.holdfast.simulator.FaultRule;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rig")
@Tag("storm")
class StormIT {
    private static final int CHATS = 20;
    private static final double RATE = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** Who talks: one chat of the first is limited, two of the second, all of the third, one for long of the fourth. */
    private record Stage(Simulator simulator, List<SimBot> bots, List<Talks> talks, List<Talks> calm) {

        static Stage of(Rig rig, Load load) {
            Simulator simulator = rig.installation().simulator();
            List<Talks> talks = new ArrayList<>();
            load.bots().forEach(bot -> talks.add(new Talks(simulator).with(bot, CHATS)));
            Talks besideTheFirst = new Talks(simulator).with(load.bots().getFirst(), CHATS);
            talks.add(besideTheFirst);
            return new Stage(simulator, load.bots(), talks, List.of(talks.get(4), talks.get(5), besideTheFirst));
        }

        void limit(int seconds) {
            limit(FaultRule.always(Fault.rateLimit(seconds)).onChat(talks.get(0).chat(0)));
            limit(FaultRule.always(Fault.rateLimit(seconds)).onChat(talks.get(1).chat(0)));
            limit(FaultRule.always(Fault.rateLimit(seconds)).onChat(talks.get(1).chat(1)));
            limit(FaultRule.always(Fault.rateLimit(seconds)).onBot(bots.get(2)));
        }

        void limit(FaultRule rule) {
            simulator.faults().add(rule.onMethod("sendMessage"));
        }

        List<Duration> calmLatencies(long from, long to) {
            List<Duration> all = new ArrayList<>();
            calm.forEach(talk -> all.addAll(talk.latencies(from, to)));
            return all;
        }
    }

    @Test
    void a_paused_chat_or_bot_gets_no_request_and_the_others_are_as_quick_as_before() throws Exception {
        Cell.run("storm", cell -> {
            try (Rig rig = cell.rig();
                    Load load = rig.load(6, 0);
                    ScheduledExecutorService driver = Executors.newSingleThreadScheduledExecutor()) {
                Stage stage = Stage.of(rig, load);
                Duration before = cell.size().of(Duration.ofSeconds(4), Duration.ofSeconds(20), Duration.ofMinutes(1));
                Duration storm = cell.size().of(Duration.ofSeconds(8), Duration.ofSeconds(90), Duration.ofMinutes(5));
                long callsBefore = stage.simulator().journal().callCount();
                List<ScheduledFuture<?>> running = new ArrayList<>();
                stage.talks().forEach(talk -> running.add(talk.echo(driver, RATE)));
                long begun = System.nanoTime();
                pass(before);
                long stormBegun = System.nanoTime();
                stage.limit(cell.size().of(2, 4, 6));
                if (cell.size() != Size.S) {
                    stage.limit(FaultRule.always(Fault.rateLimit(30))
                            .onChat(stage.talks().get(3).chat(0))
                            .times(1));
                }
                pass(storm);
                long stormOver = System.nanoTime();
                stage.simulator().faults().clear();
                running.forEach(talk -> talk.cancel(false));
                await().atMost(PATIENCE)
                        .until(() -> stage.talks().stream()
                                        .mapToInt(Talks::unanswered)
                                        .sum()
                                == 0);
                Pauses pauses = new Pauses(stage.simulator().journal().callsAfter(callsBefore));
                tell(cell.verdict(), stage, pauses);
                Duration quiet = Durations.p95(stage.calmLatencies(begun + before.toNanos() / 2, stormBegun));
                Duration loud = Durations.p95(stage.calmLatencies(stormBegun, stormOver));
                cell.verdict().figure("p95 of the others before the storm", quiet.toMillis() + " ms");
                cell.verdict().figure("p95 of the others in the storm", loud.toMillis() + " ms");
                load.judge(cell);
            }
        });
    }

    private static void tell(Verdict verdict, Stage stage, Pauses pauses) {
        int said = stage.talks().stream().mapToInt(Talks::said).sum();
        verdict.figure("updates", said);
        verdict.atLeast("429 answered", pauses.hits(), 3, "");
        verdict.atLeast("of these that silenced a bot", pauses.botPauses(), 1, "");
        verdict.none("requests inside a pause", pauses.broken(), said);
        verdict.figure("requests on their way when a pause began", pauses.underWay());
    }

    private static void pass(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        await().atMost(duration.plus(PATIENCE)).until(() -> System.nanoTime() > until);
    }
}
