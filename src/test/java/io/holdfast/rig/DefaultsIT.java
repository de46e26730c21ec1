package io.holdfast.rig;

import io.holdfast.simulator.SimulatorConfig;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("rig")
@Tag("defaults")
class DefaultsIT {
    private static final int TOO_MANY = 429;

    @Test
    void two_thousand_quiet_chats_are_all_answered_once_under_the_default_settings() throws Exception {
        Cell.run("defaults", cell -> {
            Rig.Plan plan = cell.size() == Size.S
                    ? Rig.Plan.usual(Size.S)
                    : Rig.Plan.own(SimulatorConfig.defaults().withRateLimits(true), variables -> {});
            try (Rig rig = cell.rig(plan);
                    Load load = rig.loadWithDefaults(5, 2000)) {
                long before = rig.installation().simulator().journal().callCount();
                load.begin(100);
                cell.pass(Duration.ofSeconds(cell.size().of(20, 120, 1800)));
                load.judge(cell);
                cell.verdict()
                        .none(
                                "copies",
                                load.echoes().check().copies(),
                                load.echoes().said());
                cell.verdict()
                        .figure(
                                "calls answered 429",
                                rig.installation().simulator().journal().callsAfter(before).stream()
                                        .filter(call -> call.errorCode() == TOO_MANY)
                                        .count());
            }
        });
    }
}
