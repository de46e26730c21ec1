package io.holdfast.rig;

import io.holdfast.simulator.Fault;
import io.holdfast.simulator.FaultRule;
import io.holdfast.simulator.Faults;
import io.holdfast.simulator.SimBot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Longer than its lease, a pause costs a node its bots; when it goes on it must not go on with them. */
@Tag("rig")
@Tag("node-pause")
class NodePauseIT {
    private static final Duration LONGER = Duration.ofSeconds(10);
    /** So that some calls are in flight at any moment. */
    private static final Duration ANSWER = Duration.ofMillis(200);

    @Test
    void a_node_that_stood_still_beyond_its_lease_commits_nothing_and_sends_only_what_was_in_flight() throws Exception {
        Cell.run("node-pause", cell -> {
            int pauses = cell.size().of(1, 20, 100);
            int taken = 0;
            try (Cluster cluster = Cluster.open(cell, 2);
                    Load load = cluster.load(cell, 5, 200)) {
                long calls = cluster.installation().simulator().journal().callCount();
                Faults faults = cluster.installation().simulator().faults();
                faults.add(FaultRule.always(Fault.delay(ANSWER)).onMethod("sendMessage"));
                load.begin(50);
                for (int pause = 0; pause < pauses; pause++) {
                    cell.pass(cell.between(3, 6));
                    taken += pauseTheFullest(cell, cluster, load.bots());
                }
                cell.pass(Duration.ofSeconds(3));
                faults.clear();
                load.judge(cell);
                Verdict verdict = cell.verdict();
                verdict.figure("pauses", pauses);
                verdict.atLeast("bots that the other node took meanwhile", taken, pauses, "");
                verdict.atMost(
                        "copies of all pauses", load.echoes().check().copies(), pauses * KillIT.CALLS_IN_FLIGHT, "");
                verdict.figure("tries of the front that failed", cluster.front().failures());
                cluster.ledger().judge(verdict, load, calls, (long) pauses * KillIT.CALLS_IN_FLIGHT);
            }
        });
    }

    /** Answers how many of its bots lived elsewhere when it went on. */
    private static int pauseTheFullest(Cell cell, Cluster cluster, List<SimBot> bots) {
        Node node = cluster.fullest(bots);
        List<SimBot> before = cluster.ledger().living(bots, node);
        Signal.STOP.to(node.server());
        try {
            cell.pass(Cluster.LEASE.plus(LONGER));
            return before.size() - cluster.ledger().living(before, node).size();
        } finally {
            Signal.CONT.to(node.server());
        }
    }
}
