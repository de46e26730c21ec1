package io.holdfast.rig;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void nothing_found_is_told_as_the_bound_that_it_allows() {
        assertThat(Verdict.bound(0, 90_000)).isEqualTo("0 of 90,000: below 0.0033 % at 95 %");
        assertThat(Verdict.bound(2, 90_000)).isEqualTo("2 of 90,000");
        assertThat(Verdict.bound(0, 0)).isEqualTo("0 of 0");
    }

    @Test
    void a_limit_that_does_not_hold_is_named_and_the_others_are_not() {
        Verdict verdict = new Verdict("test", Size.M);
        verdict.none("lost", 0, 10);
        verdict.none("doubled", 1, 10);
        verdict.atMost("copies", 32, 32, "");
        verdict.atLeast("places", 30, 31, "");
        verdict.within("start", 15.1, 15);
        verdict.figure("said", 10);
        assertThat(verdict.broken())
                .containsExactly(
                        "doubled: 1 of 10 (limit 0)",
                        "places: 30 (limit at least 31)",
                        "start: 15.10 s (limit at most 15 s)");
    }

    @Test
    void times_are_only_told_in_every_build() {
        Verdict verdict = new Verdict("test", Size.S);
        verdict.within("start", 15.1, 15);
        assertThat(verdict.broken()).isEmpty();
        assertThat(verdict.toString()).contains("15.10 s");
    }

    @Test
    void the_95th_percentile_is_one_of_the_measured() {
        List<Duration> hundred =
                IntStream.rangeClosed(1, 100).mapToObj(Duration::ofSeconds).toList();
        assertThat(Durations.p95(hundred)).isEqualTo(Duration.ofSeconds(95));
        assertThat(Durations.p95(List.of(Duration.ofSeconds(3)))).isEqualTo(Duration.ofSeconds(3));
    }
}
