package io.holdfast.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EXPONENTIAL | 1 2 4 8 16 20 20",
                "LINEAR      | 1 2 3 4 5 6 7",
                "FIXED       | 1 1 1 1 1 1 1",
                "FIBONACCI   | 1 2 3 5 8 13 20"
            })
    void pauses_grow_as_the_strategy_says_up_to_the_longest(Backoff.Strategy strategy, String seconds) {
        Backoff backoff = new Backoff(strategy, Duration.ofSeconds(1), Duration.ofSeconds(20), 0);
        List<String> pauses = IntStream.rangeClosed(1, 7)
                .mapToObj(failures -> backoff.after(failures, new Random(1)).toSeconds() + "")
                .toList();
        assertThat(String.join(" ", pauses)).isEqualTo(seconds);
    }

    @Test
    void a_thousand_failures_wait_the_longest_pause_and_none_waits_the_first() {
        for (Backoff.Strategy strategy : Backoff.Strategy.values()) {
            Backoff backoff = new Backoff(strategy, Duration.ofSeconds(1), Duration.ofSeconds(9), 0);
            assertThat(backoff.after(Integer.MAX_VALUE, new Random(1)))
                    .isEqualTo(Duration.ofSeconds(strategy == Backoff.Strategy.FIXED ? 1 : 9));
            assertThat(backoff.after(0, new Random(1))).isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void jitter_spreads_pauses_within_its_part_and_no_further() {
        Backoff backoff = new Backoff(Duration.ofSeconds(10), Duration.ofSeconds(10), 0.2);
        Random random = new Random(1);
        List<Long> pauses = IntStream.range(0, 500)
                .mapToObj(i -> backoff.after(1, random).toMillis())
                .toList();
        assertThat(pauses).allMatch(pause -> pause >= 8000 && pause <= 12000);
        assertThat(pauses).anyMatch(pause -> pause < 8400).anyMatch(pause -> pause > 11600);
    }

    @Test
    void a_backoff_that_cannot_be_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1), 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1), 1));
    }
}
