package io.holdfast.bench;

import java.time.Duration;

/** How many updates per second the server answers at most, as this process found it; by one thread. */
final class Ceiling {
    private static double perSecond;

    private Ceiling() {}

    static void found(double answeredPerSecond) {
        perSecond = answeredPerSecond;
    }

    /** What the cell {@code answered} found before, or else what a short closed loop finds on this warm server now. */
    static double of(Bench bench, Subject subject, Talks talks) {
        if (perSecond == 0) {
            ClosedLoop loop = ClosedLoop.begin(talks);
            Bench.pass(Duration.ofSeconds(2));
            found(subject.watch(talks::answered, Duration.ofSeconds(bench.size().of(5, 20, 20)))
                    .perSecond());
            loop.end();
            talks.settle(Duration.ofSeconds(60));
            bench.sheet().fact("ceiling", "measured by this cell, in a short closed loop");
        }
        return perSecond;
    }
}
