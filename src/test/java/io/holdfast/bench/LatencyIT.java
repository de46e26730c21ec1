package io.holdfast.bench;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bench")
@Tag("latency")
class LatencyIT {
    private static final double PER_SECOND = 300;

    @Test
    void how_long_an_answer_takes_at_300_updates_per_second() throws Exception {
        Bench.run("latency", bench -> {
            try (Subject subject = Subject.start(bench)) {
                Talks talks = subject.talks(100, 2000);
                Pace.warmUp(bench, talks);
                Pace.measure(bench, subject, talks, PER_SECOND);
            }
        });
    }
}
