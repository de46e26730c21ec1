package io.holdfast.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * What follows when workers die, each between the commit of a turn and the handing on of its messages. The server has one
 * worker for turns, so that what waits for that one is seen to wait.
 */
@TestMethodOrder(OrderAnnotation.class)
class WorkersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double SELDOM = 0.001;
    /** sysexits.h EX_SOFTWARE. */
    private static final int DEFECT = 70;

    private static Installation installation;
    private static SimBot bot;
    private static SimChat chat;

    @BeforeAll
    static void start() {
        installation = Installation.start(ServerProcess.built(), SimulatorConfig.defaults(), variables -> {
            variables.put("HOLDFAST_LANE_TURNS", "1");
            variables.put("JVM_ARGS", ending(SELDOM, firstOnly(SELDOM)));
        });
        bot = installation.registerBot("workers_bot");
        chat = installation.simulator().privateChat(bot, "Ann");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    @Order(1)
    void a_worker_that_dies_is_started_again_after_two_seconds_and_its_turn_is_answered_once() {
        say("/echo m1");
        assertThat(answers(1)).containsExactly("m1 #1");
        say("/echo m2");
        assertThat(answers(2)).containsExactly("m1 #1", "m2 #2");
        await().atMost(PATIENCE).until(() -> installation.unfinished() == 0);
        assertThat(deaths()).isEqualTo(1);
        assertThat(installation.number("""
                select count(*) from event where kind = 'RECOVERED' and outcome = 'worker_restart'
                    and reason = 'turn-0 died of AssertionError'""")).isEqualTo(1);
        assertThat(installation.number("""
                select (extract(epoch from min(o.sending_at) - min(e.occurred_at)) * 1000)::bigint
                from outbox_message o, event e where e.outcome = 'worker_restart'"""))
                .as("milliseconds from the death to the first answer")
                .isGreaterThanOrEqualTo(2000);
        assertThat(installation.client().send("GET", "/metrics", null).text())
                .containsPattern("bot_worker_restarts_total\\{[^}]*worker=\"turn\"[^}]*} 1");
    }

    @Test
    @Order(2)
    void five_deaths_within_a_minute_end_the_process_and_the_next_one_answers_what_was_left() {
        ServerProcess server = installation.server();
        server.terminate();
        server.with("JVM_ARGS", ending(1, 1)).start().awaitReady();
        say("/echo m3");
        await().atMost(PATIENCE).until(() -> !server.running());
        assertThat(server.exitCode()).isEqualTo(DEFECT);
        assertThat(server.log()).contains("Five workers died within a minute: the process ends with exit code 70.");
        assertThat(deaths()).as("the fifth restarts nothing").isEqualTo(1 + 4);

        server.with("JVM_ARGS", ServerProcess.FAST_START.getOrDefault("JVM_ARGS", ""))
                .start()
                .awaitReady();
        say("/echo m4");
        assertThat(answers(4)).containsExactly("m1 #1", "m2 #2", "m3 #3", "m4 #4");
        await().atMost(PATIENCE).until(() -> installation.unfinished() == 0);
        assertThat(installation.number("select count(*) from outbox_message where state = 'SENT' and attempts = 1"))
                .isEqualTo(4);
    }

    private static long deaths() {
        return installation.number("select count(*) from event where outcome = 'worker_restart'");
    }

    private static String ending(double probability, long seed) {
        return "%s -Drig.mishaps=%s:%d:WORKER"
                .formatted(ServerProcess.FAST_START.getOrDefault("JVM_ARGS", ""), probability, seed);
    }

    /** A seed with which the first turn meets its mishap and the next 500 do not. */
    private static long firstOnly(double probability) {
        return LongStream.iterate(1, seed -> seed + 1)
                .filter(seed -> {
                    Random random = new Random(seed);
                    return random.nextDouble() < probability
                            && random.doubles(500).allMatch(drawn -> drawn >= probability);
                })
                .findFirst()
                .orElseThrow();
    }

    private static void say(String text) {
        installation.simulator().say(bot, chat, text);
    }

    private static List<String> answers(int count) {
        return installation.answers(chat, count, PATIENCE);
    }
}
