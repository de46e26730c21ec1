package io.holdfast.bench;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bench")
@Tag("latency80")
class Latency80IT {
    private static final double SHARE = 0.8;

    @Test
    void how_long_an_answer_takes_at_80_percent_of_the_ceiling() throws Exception {
        Bench.run("latency80", bench -> {
            try (Subject subject = Subject.start(bench)) {
                Talks talks = subject.talks(100, 2000);
                Pace.warmUp(bench, talks);
                double ceiling = Ceiling.of(bench, subject, talks);
                bench.sheet().figure("ceiling", ceiling, "/s");
                Pace.measure(bench, subject, talks, SHARE * ceiling);
            }
        });
    }
}
