package io.holdfast.bench;

import io.holdfast.rig.Installation;
import io.holdfast.rig.Size;
import io.holdfast.rig.UnpackedServer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bench")
@Tag("idle")
class IdleIT {
    /** An idle session of PostgreSQL tells its counts after ten seconds at the latest. */
    private static final Duration COUNTS = Duration.ofSeconds(12);

    @Test
    void what_a_lonely_update_a_quiet_server_and_a_start_cost() throws Exception {
        Bench.run("idle", bench -> {
            try (Subject subject = Subject.start(bench)) {
                Talks talks = subject.talks(10, 200);
                Pace.warmUp(bench, talks);
                lonely(bench, subject, talks);
                talks.judge(bench.sheet());
                starts(bench, subject);
            }
        });
    }

    private static void lonely(Bench bench, Subject subject, Talks talks) throws InterruptedException {
        Duration length = Duration.ofSeconds(bench.size().of(15, 60, 120));
        Bench.pass(COUNTS);
        Reading.Window quiet = subject.watch(talks::answered, length);
        Reading before = subject.read(talks::answered);
        OpenLoop loop = OpenLoop.begin(talks, 1, length, bench.random());
        loop.finish(Duration.ofSeconds(10));
        Bench.pass(COUNTS);
        Reading.Window busy = new Reading.Window(before, subject.read(talks::answered));
        Sheet sheet = bench.sheet();
        double seconds = busy.seconds();
        sheet.figure("commits per second of a quiet server", quiet.database().commits() / quiet.seconds(), "");
        sheet.figure("server, CPU when quiet", 100 * quiet.processor().server() / quiet.seconds(), "% of a core");
        sheet.figure("database, CPU when quiet", 100 * quiet.processor().database() / quiet.seconds(), "% of a core");
        sheet.figure(
                "commits of a lonely update",
                (busy.database().commits() - quiet.database().commits() / quiet.seconds() * seconds) / busy.answered(),
                "");
        loop.latencies(before.nanos(), busy.to().nanos()).figures(sheet);
        subject.memory();
    }

    /** Killed and started again: without a class archive, and with one where it is worth making. */
    private static void starts(Bench bench, Subject subject) {
        Installation installation = subject.installation();
        installation.server().with("JVM_ARGS", "").with("WLP_SKIP_BOOTSTRAP_AGENT", "false");
        starts(bench, subject, "without an archive");
        if (bench.size() != Size.S) {
            Map<String, String> archive = UnpackedServer.withArchive();
            archive.forEach(installation.server()::with);
            starts(bench, subject, "from a class archive");
        }
        bench.sheet()
                .figure(
                        "memory of the server after a start (RSS)",
                        ProcessorTime.resident(installation.server().pid()) / (double) (1 << 20),
                        "MiB");
    }

    private static void starts(Bench bench, Subject subject, String how) {
        Installation installation = subject.installation();
        int count = bench.size().of(1, 5, 9);
        double[] seconds = new double[count];
        double processor = 0;
        for (int i = 0; i < count; i++) {
            seconds[i] = subject.recover().toMillis() / 1000.0;
            processor += ProcessorTime.now(
                            installation.server().pid(), installation.database().pid())
                    .server();
        }
        Arrays.sort(seconds);
        bench.sheet().figure("start to ready %s, median of %d".formatted(how, count), seconds[count / 2], "s");
        bench.sheet().figure("CPU of a start %s".formatted(how), processor / count, "s");
    }
}
