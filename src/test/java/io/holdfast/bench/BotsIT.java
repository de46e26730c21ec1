package io.holdfast.bench;

import io.holdfast.rig.Footprint;
import io.holdfast.rig.Installation;
import io.holdfast.simulator.SimBot;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bench")
@Tag("bots")
class BotsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int FEW = 10;
    private static final int ACTIVE_PERCENT = 1;

    @Test
    void how_much_memory_many_bots_take_of_which_one_percent_is_active() throws Exception {
        int many = Integer.getInteger("bots", 10_000);
        Bench.run("bots", bench -> {
            try (Subject subject = Subject.start(bench)) {
                bench.sheet().fact("load", "%,d bots, %d %% of them active".formatted(many, ACTIVE_PERCENT));
                List<SimBot> few = subject.register(FEW);
                Footprint before = loaded(bench, subject, few, 0);
                int active = many * ACTIVE_PERCENT / 100;
                int quiet = many - active - FEW;
                List<SimBot> more = subject.register(active);
                addQuiet(subject.installation(), quiet, few.getFirst());
                Footprint after = loaded(bench, subject, more, quiet);
                Sheet sheet = bench.sheet();
                figures(sheet, "%d bots".formatted(FEW), before);
                figures(sheet, "%,d bots".formatted(many), after);
                sheet.figure("heap per 1,000 bots", (after.heap() - before.heap()) / 1048.576 / (many - FEW), "MiB");
                subject.memory();
            }
        });
    }

    /** Copies of a registered bot's rows, with ids above all others since a start tries the token of the lowest, each with the lease that its first update would have brought it. */
    private static void addQuiet(Installation installation, int count, SimBot model) {
        installation
                .database()
                .execute(
                        """
                        insert into bot (bot_id, tenant_id, name, username, access, state, intake, token_cipher, route,
                                         webhook_secret_hash, webhook_base)
                        select i, tenant_id, 'Quiet ' || i, 'quiet_' || i || '_bot', access, state, intake, token_cipher,
                               'quiet-' || i, webhook_secret_hash, webhook_base
                        from bot, generate_series(20000000001, 20000000000 + %d) i where bot_id = %d
                        """.formatted(count, model.id()),
                        """
                        insert into bot_setting (bot_id, name, value)
                        select i, name, value from bot_setting, generate_series(20000000001, 20000000000 + %d) i where bot_id = %d
                        """.formatted(count, model.id()),
                        """
                        insert into bot_lease (bot_id, node_id, epoch)
                        select i, node_id, 1 from node, generate_series(20000000001, 20000000000 + %d) i where stopped_at is null
                        """.formatted(count),
                        "analyze");
    }

    /** Starts after a kill with so many quiet bots, all taken back, has the active ones answer for a while, and collects. */
    private static Footprint loaded(Bench bench, Subject subject, List<SimBot> active, int quiet)
            throws InterruptedException {
        Duration ready = subject.recover();
        long begun = System.nanoTime();
        while (subject.gauge("bot_lanes") < quiet) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()) {
                throw new AssertionError(
                        "only %,.0f of %,d bots live on the node".formatted(subject.gauge("bot_lanes"), quiet));
            }
            Bench.pass(POLL);
        }
        Sheet sheet = bench.sheet();
        sheet.figure("start to ready with %,d quiet bots".formatted(quiet), ready.toMillis() / 1000.0, "s");
        sheet.figure("ready to all %,d quiet bots taken back".formatted(quiet), (System.nanoTime() - begun) / 1e9, "s");
        Talks talks = new Talks(subject.installation().simulator(), active, 20 * active.size());
        OpenLoop loop = OpenLoop.begin(talks, 100, bench.measured(), bench.random());
        loop.finish(PATIENCE);
        talks.judge(sheet);
        sheet.figure("bots on the node beside %,d quiet ones".formatted(quiet), subject.gauge("bot_lanes"), "");
        return Footprint.afterCollections(subject.installation());
    }

    private static void figures(Sheet sheet, String what, Footprint found) {
        sheet.figure("heap after collections, " + what, found.heap() / 1048576.0, "MiB");
        sheet.figure("threads, " + what, found.threads(), "");
        sheet.figure("sessions of the database, " + what, found.connections(), "");
    }
}
