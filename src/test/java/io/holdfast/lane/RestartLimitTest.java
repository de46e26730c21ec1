package io.holdfast.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartLimitTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final RestartLimit limit = new RestartLimit(5, Duration.ofMinutes(1));

    @Test
    void the_fifth_within_a_minute_is_too_many() {
        for (int i = 0; i < 4; i++) {
            assertThat(limit.reachedAt(i * 15L * SECOND)).isFalse();
        }
        assertThat(limit.reachedAt(60 * SECOND)).isTrue();
    }

    @Test
    void five_in_more_than_a_minute_are_borne_for_ever() {
        for (int i = 0; i < 100; i++) {
            assertThat(limit.reachedAt(Long.MAX_VALUE - 50 * SECOND + i * 16L * SECOND))
                    .isFalse();
        }
    }
}
