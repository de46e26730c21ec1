package io.holdfast.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.ServerProcess;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Two servers and bots without a webhook. */
class PolledNodesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BOTS = 4;

    @Test
    void a_polled_bot_is_fetched_from_the_node_on_which_it_lives_wherever_it_moves() {
        try (Installation installation = Installation.start(
                ServerProcess.built(),
                SimulatorConfig.defaults(),
                variables -> variables.remove("HOLDFAST_PUBLIC_URL"))) {
            Map<SimBot, SimChat> chats = new LinkedHashMap<>();
            for (int i = 0; i < BOTS; i++) {
                SimBot bot = installation.registerBot("polled_bot_" + i);
                chats.put(bot, installation.simulator().privateChat(bot, "Ann"));
            }
            ServerProcess first = installation.server();
            sayAndAwait(installation, chats, 1);
            Map<String, String> environment =
                    new HashMap<>(installation.database().environment());
            for (String shared : List.of("HOLDFAST_TELEGRAM_API_URL", "HOLDFAST_VAULT_KEYSET_FILE")) {
                environment.put(shared, String.valueOf(first.environment().get(shared)));
            }
            try (ServerProcess second = ServerProcess.prepare(ServerProcess.built(), environment)) {
                second.start().awaitReady();
                await().atMost(PATIENCE).until(() -> held(installation, second) == BOTS / 2);
                sayAndAwait(installation, chats, 2);
                second.terminate();
                sayAndAwait(installation, chats, 3);
                assertThat(held(installation, first)).isEqualTo(BOTS);
            }
            assertThat(installation.number("select count(*) from event where outcome = 'CONFLICT'"))
                    .isZero();
        }
    }

    private static void sayAndAwait(Installation installation, Map<SimBot, SimChat> chats, int time) {
        chats.forEach((bot, chat) -> installation.simulator().say(bot, chat, "/echo m" + time));
        List<String> expected =
                IntStream.rangeClosed(1, time).mapToObj("m%d #%1$d"::formatted).toList();
        chats.forEach((bot, chat) ->
                assertThat(installation.answers(chat, time, PATIENCE)).isEqualTo(expected));
    }

    private static long held(Installation installation, ServerProcess server) {
        return installation.number("select count(*) from bot_lease where node_id = '%s'"
                .formatted(server.environment().get("HOLDFAST_NODE_ID")));
    }
}
