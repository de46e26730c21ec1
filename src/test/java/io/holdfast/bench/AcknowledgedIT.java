package io.holdfast.bench;

import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.Simulator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bench")
@Tag("acknowledged")
class AcknowledgedIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(200);

    @Test
    void how_many_updates_that_ask_nothing_are_acknowledged() throws Exception {
        Bench.run("acknowledged", bench -> {
            Floors floors = Floors.measured(bench);
            try (Subject subject = Subject.start(bench)) {
                Deliveries deliveries = groups(subject);
                bench.sheet()
                        .fact(
                                "load",
                                "100 bots, 2,000 groups, talk that is not addressed to the bot: stored, then IGNORED");
                deliveries.begin();
                bench.warm(bench.warmUp(), deliveries::acknowledged);
                Reading.Window window = subject.measure(deliveries::acknowledged, bench.measured());
                deliveries.end();
                Sheet sheet = bench.sheet();
                sheet.figure("acknowledged", window.perSecond(), "/s");
                floors.figures(sheet);
                sheet.figure(
                        "acknowledged, of the floor of POST",
                        100 * window.perSecond() / floors.posts().perSecond(),
                        "%");
                window.costs(sheet);
                subject.memory();
                sheet.figure("closed after the end within", settle(subject), "s");
                sheet.figure("attempts that were not acknowledged", deliveries.refused(), "");
                sheet.figure(
                        "ignored in all",
                        subject.installation().number("select count(*) from inbox_update where state = 'IGNORED'"),
                        "");
            }
        });
    }

    private static Deliveries groups(Subject subject) {
        Simulator simulator = subject.installation().simulator();
        List<SimBot> bots = subject.register(100);
        List<Talk> groups = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            SimBot bot = bots.get(i % bots.size());
            groups.add(
                    new Talk(i, bot, simulator.group("Group " + i, List.of(simulator.createUser("User " + i)), bot)));
        }
        simulator.awaitIdle(PATIENCE);
        settle(subject);
        return new Deliveries(simulator, groups, "good morning");
    }

    private static double settle(Subject subject) {
        long begun = System.nanoTime();
        while (subject.installation().unfinished() > 0) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new AssertionError("updates are open that ask nothing");
            }
            Bench.pass(POLL);
        }
        return (System.nanoTime() - begun) / 1e9;
    }
}
