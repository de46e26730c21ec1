package io.holdfast.rig;

import io.holdfast.simulator.Journal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An update of the installation, node by node: nobody outside may notice. */
@Tag("rig")
@Tag("rolling-stop")
class RollingStopIT {
    private static final Duration EXIT = Duration.ofSeconds(25);

    @Test
    void nodes_that_are_stopped_and_started_one_after_another_fail_no_acknowledgement_and_leave_no_call_in_doubt()
            throws Exception {
        Cell.run("rolling-stop", cell -> {
            int stops = cell.size().of(1, 40, 200);
            List<Duration> exits = new ArrayList<>();
            try (Cluster cluster = Cluster.open(cell, 2);
                    Load load = cluster.load(cell, 6, 500)) {
                Journal journal = cluster.installation().simulator().journal();
                long deliveries = journal.deliveryCount();
                long calls = journal.callCount();
                load.begin(100);
                for (int stop = 0; stop < stops; stop++) {
                    cell.pass(cell.between(2, 4));
                    exits.add(restart(cluster.node(stop % 2)));
                }
                load.judge(cell);
                Acknowledgements acknowledgements =
                        new Acknowledgements(cluster.installation().simulator(), deliveries, load.bots());
                Verdict verdict = cell.verdict();
                verdict.figure("stops", exits.size());
                verdict.none("failed acknowledgements", acknowledgements.failed(), acknowledgements.count());
                verdict.figure("failed acknowledgements, why", acknowledgements.failures());
                verdict.none(
                        "messages that were in doubt",
                        load.checker().everInDoubt(),
                        load.echoes().said());
                verdict.none(
                        "copies", load.echoes().check().copies(), load.echoes().said());
                verdict.figure("update to its 200, longest", Cell.seconds(acknowledgements.longest()));
                verdict.figure("tries of the front that failed", cluster.front().failures());
                Durations.figure(verdict, "SIGTERM to exit", exits, EXIT);
                cluster.ledger().judge(verdict, load, calls, 0);
            }
        });
    }

    /** Answers how long the stop took. */
    private static Duration restart(Node node) {
        long begun = System.nanoTime();
        node.terminate();
        Duration exit = Duration.ofNanos(System.nanoTime() - begun);
        node.run();
        return exit;
    }
}
