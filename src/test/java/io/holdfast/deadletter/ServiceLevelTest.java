package io.holdfast.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.deadletter.ParkedWork.Priority;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fifth of January 2026 is a Monday. */
class ServiceLevelTest {
    private static final Instant SATURDAY = Instant.parse("2026-01-10T12:00:00Z");

    @Test
    void a_p1_is_due_by_the_clock_on_any_day_and_told_at_once() {
        ServiceLevel level = ServiceLevel.of(Priority.P1, SATURDAY);
        assertThat(level.triageAt()).isEqualTo("2026-01-10T12:30:00Z");
        assertThat(level.halfAt()).isEqualTo("2026-01-10T14:00:00Z");
        assertThat(level.dueAt()).isEqualTo("2026-01-10T16:00:00Z");
        assertThat(level.firstAlertAt(Priority.P1, SATURDAY)).isEqualTo(SATURDAY);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T10:00:00Z, 2026-01-05T22:00:00Z, 2026-01-06T10:00:00Z",
        "2026-01-09T10:00:00Z, 2026-01-09T22:00:00Z, 2026-01-12T10:00:00Z",
        "2026-01-09T18:00:00Z, 2026-01-12T06:00:00Z, 2026-01-12T18:00:00Z",
        "2026-01-10T12:00:00Z, 2026-01-12T12:00:00Z, 2026-01-13T00:00:00Z",
        "2026-01-11T23:59:59Z, 2026-01-12T12:00:00Z, 2026-01-13T00:00:00Z",
    })
    void a_p2_has_one_business_day_and_is_told_at_half_of_it(Instant parked, Instant half, Instant due) {
        ServiceLevel level = ServiceLevel.of(Priority.P2, parked);
        assertThat(level.halfAt()).isEqualTo(half);
        assertThat(level.firstAlertAt(Priority.P2, parked)).isEqualTo(half);
        assertThat(level.triageAt()).isEqualTo(due);
        assertThat(level.dueAt()).isEqualTo(due);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-05T00:00:00Z, 2026-01-07T12:00:00Z, 2026-01-10T00:00:00Z",
        "2026-01-07T10:00:00Z, 2026-01-09T22:00:00Z, 2026-01-14T10:00:00Z",
        "2026-01-10T12:00:00Z, 2026-01-14T12:00:00Z, 2026-01-17T00:00:00Z",
    })
    void a_p3_has_five_business_days(Instant parked, Instant half, Instant due) {
        ServiceLevel level = ServiceLevel.of(Priority.P3, parked);
        assertThat(level.halfAt()).isEqualTo(half);
        assertThat(level.dueAt()).isEqualTo(due);
    }

    @Test
    void business_time_of_nothing_moves_a_weekend_to_its_monday_and_nothing_else() {
        assertThat(ServiceLevel.plusBusinessTime(SATURDAY, Duration.ZERO)).isEqualTo("2026-01-12T00:00:00Z");
        Instant friday = Instant.parse("2026-01-09T23:59:59.999999Z");
        assertThat(ServiceLevel.plusBusinessTime(friday, Duration.ZERO)).isEqualTo(friday);
    }
}
