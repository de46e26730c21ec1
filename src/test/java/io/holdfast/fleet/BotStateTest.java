package io.holdfast.fleet;

import static io.holdfast.fleet.BotState.FAILED;
import static io.holdfast.fleet.BotState.REGISTERED;
import static io.holdfast.fleet.BotState.RUNNING;
import static io.holdfast.fleet.BotState.STARTING;
import static io.holdfast.fleet.BotState.STOPPED;
import static io.holdfast.fleet.BotState.STOPPING;
import static io.holdfast.fleet.BotState.SUSPENDED;
import static io.holdfast.fleet.BotState.VALIDATING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.kernel.IllegalTransitionException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BotStateTest {
    private static final Map<BotState, Set<BotState>> ARROWS = Map.of(
            REGISTERED, Set.of(VALIDATING, STOPPING),
            VALIDATING, Set.of(STARTING, SUSPENDED, FAILED, STOPPING),
            STARTING, Set.of(RUNNING, SUSPENDED, FAILED, STOPPING),
            RUNNING, Set.of(SUSPENDED, STOPPING),
            STOPPING, Set.of(STOPPED),
            STOPPED, Set.of(STARTING, STOPPING),
            SUSPENDED, Set.of(VALIDATING, STOPPING),
            FAILED, Set.of(VALIDATING, STOPPING));

    @ParameterizedTest
    @EnumSource(BotState.class)
    void a_state_has_the_arrows_of_its_drawing_and_no_others(BotState from) {
        for (BotState to : BotState.values()) {
            if (ARROWS.getOrDefault(from, Set.of()).contains(to)) {
                assertThat(from.become(to)).isEqualTo(to);
            } else {
                assertThatThrownBy(() -> from.become(to))
                        .isInstanceOf(IllegalTransitionException.class)
                        .hasMessageContaining(from.name())
                        .hasMessageContaining(to.name());
            }
        }
    }
}
