package io.holdfast.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.resilience.TokenBucket.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final Rate RATE = new Rate(Duration.ofNanos(10), 3);

    @Test
    void it_begins_with_one_token_and_fills_to_its_burst_and_no_further() {
        TokenBucket bucket = TokenBucket.withOneToken(RATE, 100);
        assertThat(bucket.readyAt()).isEqualTo(100);
        bucket.take(100);
        assertThat(bucket.readyAt()).isEqualTo(110);
        assertThat(bucket.fullAt()).isEqualTo(130);
        for (int i = 0; i < 3; i++) {
            assertThat(bucket.readyAt()).isLessThanOrEqualTo(1000);
            bucket.take(1000);
        }
        assertThat(bucket.readyAt()).isEqualTo(1010);
    }

    /** The naive twin: whatever the span between two tokens, it holds no more than the burst and one for each interval. */
    @Test
    void no_span_holds_more_than_the_burst_and_one_for_each_interval() {
        Random random = new Random(7);
        TokenBucket bucket = TokenBucket.withOneToken(RATE, 0);
        List<Long> taken = new ArrayList<>();
        for (long now = 0; now < 5_000; now += random.nextInt(8)) {
            if (bucket.readyAt() <= now) {
                bucket.take(now);
                taken.add(now);
            }
        }
        assertThat(taken).hasSizeGreaterThan(400);
        for (int i = 0; i < taken.size(); i++) {
            for (int j = i; j < taken.size(); j++) {
                assertThat(j - i + 1L).isLessThanOrEqualTo(3 + (taken.get(j) - taken.get(i)) / 10);
            }
        }
    }

    @Test
    void a_rate_without_a_burst_or_an_interval_is_refused() {
        assertThatThrownBy(() -> new Rate(Duration.ZERO, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Rate(Duration.ofSeconds(1), 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
