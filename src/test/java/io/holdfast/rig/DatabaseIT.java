package io.holdfast.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rig")
@Tag("database")
class DatabaseIT {
    private static final Duration FIRST_ACKNOWLEDGEMENT = Duration.ofSeconds(5);

    @Test
    void a_database_that_stops_at_once_loses_nothing_and_needs_no_restart_of_the_server() throws Exception {
        Cell.run("database", cell -> {
            int stops = cell.size().of(1, 20, 60);
            List<Duration> returns = new ArrayList<>();
            try (Rig rig = cell.rig();
                    Load load = rig.load(5, 500).begin(100)) {
                long pid = rig.installation().server().pid();
                for (int stop = 0; stop < stops; stop++) {
                    cell.pass(cell.between(3, 8));
                    rig.installation().database().stopImmediately();
                    cell.pass(cell.size() == Size.S ? cell.between(2, 4) : cell.between(1, 30));
                    rig.installation().database().restart();
                    returns.add(rig.acknowledges(System.nanoTime()));
                }
                load.judge(cell);
                cell.verdict().figure("stops of the database", stops);
                Durations.figure(cell.verdict(), "database back to first 200", returns, FIRST_ACKNOWLEDGEMENT);
                cell.verdict()
                        .within(
                                "database back to first 200, longest",
                                Durations.seconds(Durations.longest(returns)),
                                Durations.seconds(FIRST_ACKNOWLEDGEMENT));
                assertThat(rig.installation().server().pid()).isEqualTo(pid);
                assertThat(rig.installation().server().running()).isTrue();
            }
        });
    }
}
