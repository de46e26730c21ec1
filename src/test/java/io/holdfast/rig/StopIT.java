package io.holdfast.rig;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rig")
@Tag("stop")
class StopIT {
    private static final Duration EXIT = Duration.ofSeconds(25);

    @Test
    void a_server_that_is_told_to_stop_under_load_leaves_no_call_in_doubt_and_nothing_behind() throws Exception {
        Cell.run("stop", cell -> {
            int stops = cell.size().of(1, 5, 50);
            List<Duration> exits = new ArrayList<>();
            long inDoubt = 0;
            try (Rig rig = cell.rig();
                    Load load = rig.load(5, 500).begin(100)) {
                for (int stop = 0; stop < stops; stop++) {
                    cell.pass(cell.between(3, 8));
                    long begun = System.nanoTime();
                    rig.installation().server().terminate();
                    exits.add(Duration.ofNanos(System.nanoTime() - begun));
                    inDoubt += load.checker().inDoubt();
                    rig.start();
                }
                load.judge(cell);
                Verdict verdict = cell.verdict();
                verdict.figure("stops", stops);
                verdict.none(
                        "messages in doubt after a stop", inDoubt, load.echoes().said());
                verdict.none(
                        "copies", load.echoes().check().copies(), load.echoes().said());
                Durations.figure(verdict, "SIGTERM to exit", exits, EXIT);
                verdict.within(
                        "SIGTERM to exit, longest",
                        Durations.seconds(Durations.longest(exits)),
                        Durations.seconds(EXIT));
            }
        });
    }
}
