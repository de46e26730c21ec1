package io.holdfast.rig;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rig")
@Tag("kill")
class KillIT {
    /** holdfast.lane.calls: what one crash can duplicate at most. */
    static final int CALLS_IN_FLIGHT = 32;

    private static final Duration FIRST_ACKNOWLEDGEMENT = Duration.ofSeconds(15);

    @Test
    void kills_at_random_moments_lose_nothing_apply_nothing_twice_and_keep_order() throws Exception {
        Cell.run("kill", cell -> {
            int kills = cell.size().of(2, 50, 200);
            List<Duration> starts = new ArrayList<>();
            try (Rig rig = cell.rig();
                    Load load = rig.load(5, 500).begin(100)) {
                for (int kill = 0; kill < kills; kill++) {
                    cell.pass(cell.between(3, 10));
                    rig.kill9();
                    starts.add(rig.start());
                }
                load.judge(cell);
                Verdict verdict = cell.verdict();
                verdict.figure("kills", kills);
                verdict.atMost("copies of all kills", load.echoes().check().copies(), kills * CALLS_IN_FLIGHT, "");
                Durations.figure(verdict, "crash to first 200", starts, FIRST_ACKNOWLEDGEMENT);
            }
        });
    }
}
