package io.holdfast.bench;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bench")
@Tag("answered")
class AnsweredIT {
    private static final Duration COLD = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void how_many_updates_are_answered_when_each_chat_waits_for_its_answer() throws Exception {
        Bench.run("answered", bench -> {
            try (Subject subject = Subject.start(bench)) {
                Talks talks = subject.talks(100, 2000);
                warmDriver(talks);
                Duration ready = subject.restart();
                ClosedLoop loop = ClosedLoop.begin(talks);
                Reading.Window cold = subject.watch(talks::answered, COLD);
                bench.warm(bench.warmUp().minus(COLD), talks::answered);
                Reading.Window warm = subject.measure(talks::answered, bench.measured());
                Sheet sheet = bench.sheet();
                sheet.figure("answered", warm.perSecond(), "/s");
                Ceiling.found(warm.perSecond());
                warm.costs(sheet);
                subject.memory();
                Statements.count(
                        subject.installation().database(),
                        talks,
                        Duration.ofSeconds(bench.size().of(3, 10, 10)),
                        sheet);
                loop.end();
                sheet.figure("cold: start to ready", ready.toMillis() / 1000.0, "s");
                sheet.figure("cold: answered in the first 10 s", cold.answered(), "");
                talks.judge(sheet);
            }
        });
    }

    /** So that the first seconds after the restart are those of a cold server, not of a cold driver. */
    private static void warmDriver(Talks talks) {
        ClosedLoop loop = ClosedLoop.begin(talks);
        Bench.pass(COLD);
        loop.end();
        talks.settle(PATIENCE);
    }
}
