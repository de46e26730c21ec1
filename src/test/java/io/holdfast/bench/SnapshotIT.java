package io.holdfast.bench;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bench")
@Tag("snapshot")
class SnapshotIT {

    @Test
    void how_many_updates_are_answered_while_a_reader_holds_its_snapshot() throws Exception {
        Bench.run("snapshot", bench -> {
            Duration window = Duration.ofSeconds(bench.size().of(5, 30, 60));
            Duration held = Duration.ofSeconds(bench.size().of(10, 60, 600));
            try (Subject subject = Subject.start(bench)) {
                Talks talks = subject.talks(100, 2000);
                ClosedLoop loop = ClosedLoop.begin(talks);
                Bench.pass(bench.warmUp());
                Reading.Window without = subject.watch(talks::answered, window);
                Reading.Window with;
                try (Connection reader = subject.installation().database().connect();
                        Statement statement = reader.createStatement()) {
                    reader.setAutoCommit(false);
                    reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                    statement.execute("select count(*) from inbox_update");
                    Bench.pass(held.minus(window));
                    with = subject.measure(talks::answered, window);
                    reader.rollback();
                }
                loop.end();
                Sheet sheet = bench.sheet();
                sheet.fact(
                        "snapshot",
                        "held for %d s, measured over the last %d".formatted(held.toSeconds(), window.toSeconds()));
                sheet.figure("answered without the reader", without.perSecond(), "/s");
                sheet.figure("answered with it", with.perSecond(), "/s");
                sheet.figure("ratio", with.perSecond() / without.perSecond(), "");
                with.costs(sheet);
                talks.judge(sheet);
            }
        });
    }
}
