package io.holdfast.rig;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Longer than the lease of 15 s, a pause costs the node its bots. */
@Tag("rig")
@Tag("pause")
class PauseIT {

    @Test
    void a_server_that_stands_still_for_a_while_loses_nothing_and_applies_nothing_twice() throws Exception {
        Cell.run("pause", cell -> {
            int pauses = cell.size().of(1, 5, 60);
            try (Rig rig = cell.rig();
                    Load load = rig.load(5, 500).begin(100)) {
                for (int pause = 0; pause < pauses; pause++) {
                    cell.pass(cell.between(3, 8));
                    rig.pause();
                    try {
                        cell.pass(cell.size() == Size.S ? cell.between(2, 4) : cell.between(2, 25));
                    } finally {
                        rig.resume();
                    }
                }
                load.judge(cell);
                cell.verdict().figure("pauses", pauses);
                cell.verdict()
                        .atMost(
                                "copies of all pauses",
                                load.echoes().check().copies(),
                                pauses * KillIT.CALLS_IN_FLIGHT,
                                "");
            }
        });
    }
}
