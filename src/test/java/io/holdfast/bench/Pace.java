package io.holdfast.bench;

import java.time.Duration;

/** The measurement at a fixed rate: warm, then measured, then its statements counted. */
final class Pace {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Pace() {}

    /** Half of the warm-up as fast as the server can, which compiles it; the other half is {@link #measure}'s. */
    static void warmUp(Bench bench, Talks talks) {
        ClosedLoop loop = ClosedLoop.begin(talks);
        bench.warm(bench.warmUp().dividedBy(2), talks::answered);
        loop.end();
        talks.settle(PATIENCE);
    }

    static void measure(Bench bench, Subject subject, Talks talks, double perSecond) throws InterruptedException {
        Duration warmUp = bench.warmUp().dividedBy(2);
        Sheet sheet = bench.sheet();
        Duration counting = Duration.ofSeconds(bench.size().of(3, 10, 10));
        Duration length = warmUp.plus(bench.measured()).plus(counting).plusSeconds(5);
        OpenLoop loop = OpenLoop.begin(talks, perSecond, length, bench.random());
        Bench.pass(warmUp);
        Reading.Window window = subject.measure(talks::answered, bench.measured());
        subject.memory();
        Statements.count(subject.installation().database(), talks, counting, sheet);
        loop.finish(PATIENCE);
        sheet.figure("offered", perSecond, "/s");
        loop.latencies(window.from().nanos(), window.to().nanos()).figures(sheet);
        window.costs(sheet);
        talks.judge(sheet);
    }
}
