package io.holdfast.rig;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rig")
@Tag("exceptions")
class ExceptionsIT {

    @Test
    void exceptions_at_random_in_stores_commands_senders_and_timers_lose_nothing_and_leave_nothing_stuck()
            throws Exception {
        Cell.run("exceptions", cell -> {
            try (Rig rig = cell.rig();
                    Load load = rig.load(5, 500)) {
                rig.installation().server().terminate();
                rig.start("-Drig.mishaps=0.01:%d".formatted(cell.seed()));
                load.begin(100);
                cell.pass(Duration.ofSeconds(cell.size().of(20, 600, 3600)));
                load.judge(cell);
                cell.verdict()
                        .atMost("most answers to one message", load.echoes().mostAnswers(), 2, "");
                long told = rig.installation()
                        .server()
                        .log()
                        .lines()
                        .filter(line -> line.contains("A mishap that the rig asked for"))
                        .count();
                cell.verdict().atLeast("mishaps told in the log", (double) told, 10, "");
            }
        });
    }
}
