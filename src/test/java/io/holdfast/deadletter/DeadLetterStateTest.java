package io.holdfast.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.kernel.IllegalTransitionException;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeadLetterStateTest {

    @Test
    void an_open_letter_is_replayed_or_discarded_and_a_closed_one_only_opens_again() {
        assertThat(nextOf(DeadLetterState.OPEN))
                .containsExactlyInAnyOrder(DeadLetterState.REPLAYED, DeadLetterState.DISCARDED);
        assertThat(nextOf(DeadLetterState.REPLAYED)).containsExactly(DeadLetterState.OPEN);
        assertThat(nextOf(DeadLetterState.DISCARDED)).containsExactly(DeadLetterState.OPEN);
    }

    @Test
    void a_step_that_the_diagram_does_not_have_is_refused_by_both_names() {
        assertThatThrownBy(() -> DeadLetterState.DISCARDED.become(DeadLetterState.REPLAYED))
                .isInstanceOf(IllegalTransitionException.class)
                .hasMessageContaining("DISCARDED")
                .hasMessageContaining("REPLAYED");
    }

    private static Set<DeadLetterState> nextOf(DeadLetterState state) {
        Set<DeadLetterState> next = EnumSet.allOf(DeadLetterState.class);
        next.removeIf(one -> !state.canBecome(one));
        return next;
    }
}
