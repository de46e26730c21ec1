package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.telegram.TelegramReach.Condition;
import org.junit.jupiter.api.Test;

@SuppressWarnings("UnnecessaryAssignment")
class TelegramReachTest {
    private static final byte[] NOTHING = {};

    @Test
    void the_last_call_decides_and_a_refusal_is_an_answer() {
        TelegramReach reach = TestCalls.reach();
        assertThat(reach.condition()).isEqualTo(Condition.UNKNOWN);
        reach.note(new ApiAnswer.Broken(ApiAnswer.Phase.NOT_SENT, true, "no connection"));
        assertThat(reach.condition()).isEqualTo(Condition.DEGRADED);
        assertThat(reach.failedAt()).isPresent();
        assertThat(reach.answeredAt()).isEmpty();
        reach.note(new ApiAnswer.Answered(401, NOTHING, null));
        assertThat(reach.condition()).isEqualTo(Condition.OK);
        assertThat(reach.answeredAt()).isPresent();
        reach.note(new ApiAnswer.Answered(502, NOTHING, null));
        assertThat(reach.condition()).isEqualTo(Condition.DEGRADED);
    }
}
