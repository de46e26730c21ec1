package io.holdfast.rig;

import io.holdfast.simulator.Journal;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One of the two lives always, and the front leaves a dead one at the first failure: how soon do the updates have their 200? */
@Tag("rig")
@Tag("two-nodes")
class TwoNodesIT {
    private static final Duration NINETY_NINE_PERCENT = Duration.ofSeconds(1);
    private static final Duration ALL_BUT_ONE_IN_A_THOUSAND = Duration.ofSeconds(5);

    @Test
    void of_two_nodes_that_are_killed_in_turn_one_acknowledges_at_once() throws Exception {
        Cell.run("two-nodes", cell -> {
            int kills = cell.size().of(2, 40, 200);
            int updates = cell.size().of(0, 20_000, 100_000);
            try (Cluster cluster = Cluster.open(cell, 2);
                    Load load = cluster.load(cell, 6, 300)) {
                Journal journal = cluster.installation().simulator().journal();
                long deliveries = journal.deliveryCount();
                long calls = journal.callCount();
                load.begin(30);
                for (int kill = 0; kill < kills; kill++) {
                    cell.pass(cell.between(2, 5));
                    Node node = cluster.node(kill % 2);
                    node.kill9();
                    node.run();
                }
                while (load.echoes().said() < updates) {
                    cell.pass(Duration.ofSeconds(1));
                }
                load.judge(cell);
                Verdict verdict = cell.verdict();
                verdict.figure("kills", kills);
                verdict.atMost(
                        "copies of all kills", load.echoes().check().copies(), kills * KillIT.CALLS_IN_FLIGHT, "");
                judge(verdict, new Acknowledgements(cluster.installation().simulator(), deliveries, load.bots()));
                verdict.figure("tries of the front that failed", cluster.front().failures());
                cluster.ledger().judge(verdict, load, calls, 0);
            }
        });
    }

    private static void judge(Verdict verdict, Acknowledgements acknowledgements) {
        verdict.within(
                "update to its 200, 99 %",
                Durations.seconds(acknowledgements.percentile(99)), Durations.seconds(NINETY_NINE_PERCENT));
        verdict.within(
                "update to its 200, 99.9 %",
                Durations.seconds(acknowledgements.percentile(99.9)), Durations.seconds(ALL_BUT_ONE_IN_A_THOUSAND));
        verdict.figure("update to its 200, longest", Cell.seconds(acknowledgements.longest()));
        verdict.none("updates without a 200", acknowledgements.neverAcknowledged(), acknowledgements.count());
        verdict.figure("deliveries that Telegram made again", acknowledgements.failures());
    }
}
