package io.holdfast.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.HoldfastClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has to wait, and who is turned away, when there is too much: with limits so small that little is enough. */
class PressureIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BUSY = 3;
    private static final int WAITING = 5;
    private static final int DELIVERIES = 120;
    /** Of the engine's data source, in server.xml. */
    private static final int ENGINE_CONNECTIONS = 12;

    @TempDir
    private static Path folder;

    private static Installation installation;
    private static SimBot telling;
    private static SimBot refusing;
    private static SimBot loud;
    private static SimBot hostile;

    @BeforeAll
    static void start() {
        installation = Installation.start(
                ServerWith.commands(folder, TellCommand.class, TellCommand.Args.class),
                SimulatorConfig.defaults(),
                variables -> {
                    variables.put("HOLDFAST_LANE_BUSY", Integer.toString(BUSY));
                    variables.put("HOLDFAST_LANE_WAITING", Integer.toString(WAITING));
                    variables.put("HOLDFAST_LANE_WAITING_AGE", "PT1S");
                    variables.put("HOLDFAST_TELEGRAM_WEBHOOKS_PER_MINUTE", Integer.toString(DELIVERIES));
                });
        telling = installation.registerBot("telling_bot");
        refusing = installation.registerBot("refusing_bot");
        loud = installation.registerBot("loud_bot");
        hostile = installation.registerBot("hostile_bot");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    void what_goes_to_many_waits_while_the_node_is_busy_and_is_sent_afterwards() {
        SimChat busy = chat(telling, "Ann");
        SimChat teller = chat(telling, "Ben");
        SimChat told = chat(telling, "Cem");
        SimChat blocked = chat(telling, "Dan");
        noteUnreachable(telling, blocked);
        say(telling, busy, "/wait 30s");
        awaitTyping(busy);
        for (int i = 1; i <= BUSY; i++) {
            say(telling, busy, "/echo m" + i);
        }
        await().atMost(PATIENCE).until(() -> number("inbox_update where state = 'PENDING'", telling) == 1 + BUSY);
        say(telling, teller, "/tell %d,%d news".formatted(told.id(), blocked.id()));
        assertThat(answers(teller, 1)).containsExactly("They will hear of it.");
        say(telling, told, "/echo hello");
        assertThat(answers(told, 1)).as("people are answered").containsExactly("hello #1");
        assertThat(number("outbox_message where class = 'BULK' and state = 'PENDING' and attempts = 0", telling))
                .isEqualTo(2);

        say(telling, busy, "/stop");
        assertThat(answers(told, 2)).containsExactly("hello #1", "news");
        await().atMost(PATIENCE).until(() -> installation.unfinished() == 0);
        assertThat(number("outbox_message where class = 'BULK' and state = 'SENT'", telling))
                .isEqualTo(1);
        assertThat(number("outbox_message where class = 'BULK' and state = 'SUPPRESSED'", telling))
                .as("a message to many does not say that the chat can be reached")
                .isEqualTo(1);
    }

    @Test
    void when_too_much_waits_new_turns_are_refused_with_one_notice_for_a_chat_and_nobody_else_is() {
        SimChat full = chat(refusing, "Eve");
        SimChat other = chat(refusing, "Fay");
        say(refusing, full, "/wait 30s");
        awaitTyping(full);
        int[] said = {0};
        await().atMost(PATIENCE).until(() -> {
            said[0]++;
            say(refusing, full, "/echo m" + said[0]);
            return number("inbox_update where state = 'REFUSED'", refusing) > 0;
        });
        for (int i = 0; i < 3; i++) {
            said[0]++;
            say(refusing, full, "/echo m" + said[0]);
        }
        await().atMost(PATIENCE).until(() -> number("inbox_update", refusing) == 1 + said[0]);
        say(refusing, other, "/echo hello");
        assertThat(answers(other, 1)).as("another chat").containsExactly("hello #1");
        say(refusing, full, "/status");
        assertThat(answers(full, 2)).last().asString().as("the control lane").startsWith("At work");

        say(refusing, full, "/stop");
        await().atMost(PATIENCE).until(() -> installation.unfinished() == 0);
        long refused = number("inbox_update where state = 'REFUSED' and reason = 'too much waits'", refusing);
        assertThat(refused).isGreaterThanOrEqualTo(3);
        assertThat(number("event where kind = 'REFUSED' and outcome = 'overload' and inbox_id is not null", refusing))
                .isEqualTo(refused);
        List<String> all = answers(full, Math.toIntExact(said[0] - refused + 4));
        assertThat(all.stream().filter(text -> text.startsWith("I have too much to do")))
                .as("one notice")
                .hasSize(1);
        assertThat(all.stream().filter(text -> text.contains(" #")))
                .as("what was taken is answered")
                .hasSize(Math.toIntExact(said[0] - refused));
    }

    @Test
    void over_its_deliveries_of_a_minute_a_bot_is_asked_to_come_again_and_the_others_are_not() throws Exception {
        // Twice as many, since the minute of the clock may end in between.
        HttpResponse<String> last = installation.deliver(loud, ignored(1));
        for (int i = 2; i <= 2 * DELIVERIES + 1 && last.statusCode() == 200; i++) {
            last = installation.deliver(loud, ignored(i));
        }
        assertThat(last.statusCode()).isEqualTo(503);
        assertThat(last.body()).isEmpty();
        assertThat(retryAfter(last)).isBetween(1L, 60L);
        assertThat(number("inbox_update", loud)).isGreaterThanOrEqualTo(DELIVERIES);
        assertThat(installation.deliver(hostile, ignored(1)).statusCode()).isEqualTo(200);
    }

    @Test
    void while_connections_to_the_database_are_scarce_rest_gives_way_and_updates_do_not() throws Exception {
        try (Connection owner = installation.database().connectAsOwner();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            owner.setAutoCommit(false);
            List<CompletableFuture<Integer>> parked = new ArrayList<>();
            try (Statement lock = owner.createStatement()) {
                lock.execute("lock table dead_letter in access exclusive mode");
                // What is no update is parked on a connection of its own: each of these holds one.
                for (int i = 0; i < ENGINE_CONNECTIONS + 3; i++) {
                    parked.add(CompletableFuture.supplyAsync(PressureIT::deliverNoUpdate, threads));
                }
                CompletableFuture.anyOf(parked.toArray(CompletableFuture<?>[]::new))
                        .join();
            } finally {
                owner.rollback();
            }
            HoldfastClient.Answer refused =
                    await().atMost(PATIENCE).until(PressureIT::listBots, answer -> answer.status() == 503);
            assertThat(installation.deliver(hostile, ignored(2)).statusCode()).isEqualTo(200);
            assertThat(refused.body().path("type").asText()).isEqualTo("urn:holdfast:problem:admin:overloaded");
            assertThat(refused.headers().firstValueAsLong("Retry-After")).isPresent();
        }
        await().atMost(PATIENCE).until(() -> listBots().status() == 200);
        assertThat(number("inbox_update where external_id = '2'", hostile)).isEqualTo(1);
    }

    private static HoldfastClient.Answer listBots() {
        return installation.client().send("GET", "/api/v1/bots", null);
    }

    private static int deliverNoUpdate() {
        try {
            return installation.deliver(hostile, "no update").statusCode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static String ignored(int id) {
        return "{\"update_id\":%d}".formatted(id);
    }

    private static long retryAfter(HttpResponse<?> answer) {
        return answer.headers().firstValueAsLong("Retry-After").orElseThrow();
    }

    private static long number(String from, SimBot bot) {
        return installation.number("select count(*) from " + from + (from.contains(" where ") ? " and " : " where ")
                + "bot_id = " + bot.id());
    }

    private static void noteUnreachable(SimBot bot, SimChat chat) {
        installation.number("""
                with noted as (
                    insert into chat (bot_id, chat_id, unreachable_at, reason) values (%d, %d, now(), 'blocked') returning 1)
                select count(*) from noted""".formatted(bot.id(), chat.id()));
    }

    private static SimChat chat(SimBot bot, String name) {
        return installation.simulator().privateChat(bot, name);
    }

    private static void say(SimBot bot, SimChat chat, String text) {
        installation.simulator().say(bot, chat, text);
    }

    private static List<String> answers(SimChat chat, int count) {
        return installation.answers(chat, count, PATIENCE);
    }

    private static void awaitTyping(SimChat chat) {
        installation
                .simulator()
                .journal()
                .awaitCalls(call -> call.method().equals("sendChatAction") && call.chatId() == chat.id(), 1, PATIENCE);
    }
}
