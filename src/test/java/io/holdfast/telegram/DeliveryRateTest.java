package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.kernel.BotId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DeliveryRateTest {
    private static final BotId BUSY = new BotId(1);
    private static final BotId QUIET = new BotId(2);
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:20Z");

    private final DeliveryRate rate = new DeliveryRate();

    @Test
    void over_the_limit_a_bot_waits_for_the_next_minute_and_another_bot_does_not() {
        for (int i = 0; i < 3; i++) {
            assertThat(rate.waitAt(NOW, BUSY, 3)).isZero();
        }
        assertThat(rate.waitAt(NOW, BUSY, 3)).isEqualTo(Duration.ofSeconds(40));
        assertThat(rate.waitAt(NOW, QUIET, 3)).isZero();
        assertThat(rate.waitAt(NOW.plusSeconds(40), BUSY, 3)).isZero();
    }

    @Test
    void what_could_not_be_taken_does_not_count_in_its_minute_and_in_no_other() {
        for (int i = 0; i < 100; i++) {
            assertThat(rate.waitAt(NOW, BUSY, 3)).isZero();
            rate.forget(NOW, BUSY);
        }
        Instant later = NOW.plusSeconds(40);
        assertThat(rate.waitAt(later, BUSY, 1)).isZero();
        rate.forget(NOW, BUSY);
        assertThat(rate.waitAt(later, BUSY, 1)).isPositive();
    }
}
