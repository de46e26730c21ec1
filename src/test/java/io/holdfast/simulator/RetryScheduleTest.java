package io.holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private final RetrySchedule schedule = new RetrySchedule(() -> 0.5);

    @Test
    void failed_deliveries_are_tried_at_once_then_ever_later() {
        assertThat(IntStream.rangeClosed(1, 8).mapToDouble(failures -> schedule.delayAfter(failures, -1)))
                .containsExactly(0.0, 2.0, 4.0, 8.0, 16.0, 32.0, 90.0, 90.0);
    }

    @Test
    void retry_after_is_honoured_up_to_an_hour() {
        assertThat(schedule.delayAfter(3, 7)).isEqualTo(7);
        assertThat(schedule.delayAfter(3, 0)).isEqualTo(0);
        assertThat(schedule.delayAfter(3, 100_000)).isEqualTo(3600);
    }
}
