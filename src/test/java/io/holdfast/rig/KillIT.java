package io.holdfast.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.ServerZip;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillIT {
    private static final int BOTS = 4;
    private static final int CHATS = 200;
    private static final int KILLS = 3;
    /** holdfast.lane.calls: what one crash can duplicate at most. */
    private static final int CALLS_IN_FLIGHT = 32;

    @TempDir
    private Path folder;

    @Test
    void three_kills_under_load_lose_nothing_apply_nothing_twice_and_keep_order() throws Exception {
        try (Installation installation = Installation.start(ServerZip.unpack(folder), SimulatorConfig.defaults())) {
            for (int i = 0; i < BOTS; i++) {
                installation.registerBot("rig%d_bot".formatted(i));
            }
            Echoes echoes = new Echoes(installation.simulator(), installation.bots(), CHATS);
            try (ScheduledExecutorService driver = Executors.newSingleThreadScheduledExecutor()) {
                var load = driver.scheduleAtFixedRate(echoes::sayOne, 0, 20, TimeUnit.MILLISECONDS);
                for (int kill = 0; kill < KILLS; kill++) {
                    int before = echoes.answered();
                    await().atMost(Duration.ofSeconds(90)).until(() -> echoes.answered() > before + 150);
                    installation.server().kill9();
                    installation.server().restart().awaitReady();
                }
                int before = echoes.answered();
                await().atMost(Duration.ofSeconds(90)).until(() -> echoes.answered() > before);
                load.cancel(false);
            }
            await().atMost(Duration.ofMinutes(2)).until(() -> echoes.answered() >= echoes.said());
            await().atMost(Duration.ofSeconds(30)).until(() -> unfinished(installation) == 0);
            Echoes.Verdict verdict = echoes.check();
            System.out.printf("kill -9 x %d at 50/s, %d chats of %d bots: %s%n", KILLS, CHATS, BOTS, verdict);
            assertThat(verdict.lost()).isZero();
            assertThat(verdict.wrongNumbers()).isZero();
            assertThat(verdict.outOfOrder()).isZero();
            assertThat(verdict.copies()).isLessThanOrEqualTo(KILLS * CALLS_IN_FLIGHT);
        }
    }

    private static int unfinished(Installation installation) throws Exception {
        String sql = """
                select (select count(*) from inbox_update where state in ('PENDING', 'RETRY'))
                     + (select count(*) from outbox_message where state in ('PENDING', 'RETRY', 'SENDING'))
                     + (select count(*) from due)
                """;
        try (Connection connection = installation.database().connectAsApplication();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }
}
