package io.holdfast.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.simulator.ApiCall;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.HoldfastClient;
import io.holdfast.testkit.Ports;
import io.holdfast.testkit.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Two servers on one database. In one order, since each test takes the nodes as the one before has left them. */
@TestMethodOrder(OrderAnnotation.class)
class SeveralNodesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int BOTS = 6;
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final AtomicLong UPDATES = new AtomicLong(1000);

    private static Installation installation;
    private static ServerProcess first;
    private static ServerProcess second;
    private static final List<Talk> TALKS = new ArrayList<>();

    /** A bot, somebody who talks with it, and how often that one has spoken. */
    private record Talk(SimBot bot, SimChat chat, AtomicInteger said) {}

    @BeforeAll
    static void start() throws Exception {
        installation = Installation.start(ServerProcess.built(), SimulatorConfig.defaults());
        first = installation.server();
        Map<String, String> environment = new HashMap<>(installation.database().environment());
        for (String shared :
                List.of("HOLDFAST_TELEGRAM_API_URL", "HOLDFAST_PUBLIC_URL", "HOLDFAST_VAULT_KEYSET_FILE")) {
            environment.put(shared, String.valueOf(first.environment().get(shared)));
        }
        second = ServerProcess.prepare(ServerProcess.built(), environment);
        for (int i = 0; i < BOTS; i++) {
            SimBot bot = installation.registerBot("node_bot_" + i);
            TALKS.add(new Talk(bot, installation.simulator().privateChat(bot, "Ann"), new AtomicInteger()));
            say(first, TALKS.getLast());
        }
        allAreAnswered();
    }

    @AfterAll
    static void stop() {
        second.close();
        installation.close();
    }

    @Test
    @Order(1)
    void a_node_that_joins_gets_its_share() {
        assertThat(held(first)).isEqualTo(BOTS);
        second.start().awaitReady();
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(held(first)).isEqualTo(BOTS / 2);
            assertThat(held(second)).isEqualTo(BOTS / 2);
        });
        HoldfastClient.Answer nodes = installation.client().send("GET", "/api/v1/nodes", null);
        assertThat(nodes.body().path("items")).hasSize(2).allSatisfy(node -> {
            assertThat(node.path("takesBots").asBoolean()).isTrue();
            assertThat(node.path("bots").asInt()).isEqualTo(BOTS / 2);
        });
    }

    @Test
    @Order(2)
    void an_update_at_the_node_on_which_its_bot_does_not_live_is_answered() throws Exception {
        List<String> before = owners();
        for (Talk talk : TALKS) {
            say(owner(talk).equals(node(first)) ? second : first, talk);
        }
        allAreAnswered();
        assertThat(owners()).isEqualTo(before);
        assertThat(metric(first, "bot_nudges_total", "sent") + metric(second, "bot_nudges_total", "sent"))
                .isPositive();
    }

    @Test
    @Order(3)
    void nothing_but_nudges_is_answered_on_the_internal_port_and_these_only_with_the_key() throws Exception {
        URI internal = URI.create(String.valueOf(first.environment().get("HOLDFAST_NODE_URL")));
        assertThat(post(internal.resolve("/internal/nudge"), "", "x")).isEqualTo(403);
        assertThat(post(internal.resolve("/api/v1/bootstrap"), "", "x")).isEqualTo(404);
        assertThat(post(
                        webhook(TALKS.getFirst().bot(), internal),
                        secret(TALKS.getFirst().bot()),
                        "{}"))
                .isEqualTo(404);
        assertThat(post(first.url().resolve("/internal/nudge"), "", "x")).isEqualTo(404);
    }

    @Test
    @Order(4)
    void the_bots_of_a_killed_node_answer_from_the_other_one() throws Exception {
        for (Talk talk : TALKS) {
            say(first, talk);
        }
        second.kill9();
        for (Talk talk : TALKS) {
            say(first, talk);
        }
        allAreAnswered();
        assertThat(owners()).containsOnly(node(first));
    }

    @Test
    @Order(5)
    void a_node_that_stops_under_load_hands_its_bots_over_and_leaves_nothing_in_doubt() throws Exception {
        second.start().awaitReady();
        await().atMost(PATIENCE).until(() -> held(second) == BOTS / 2);
        // The kill before may have left calls in doubt.
        long inDoubt = inDoubt();
        AtomicBoolean loading = new AtomicBoolean(true);
        AtomicInteger refused = new AtomicInteger();
        Thread load = Thread.startVirtualThread(() -> load(loading, refused));
        await().atMost(PATIENCE).until(() -> TALKS.getLast().said().get() > 20);
        second.terminate();
        await().atMost(PATIENCE).until(() -> held(first) == BOTS);
        loading.set(false);
        load.join();
        allAreAnswered();
        assertThat(refused).hasValue(0);
        assertThat(inDoubt()).isEqualTo(inDoubt);
        assertThat(owners()).containsOnly(node(first));
    }

    @Test
    @Order(6)
    void an_update_at_a_non_owner_is_answered_though_every_nudge_is_lost() throws Exception {
        first.terminate();
        first.with("HOLDFAST_NODE_URL", "http://127.0.0.1:" + Ports.free());
        first.start().awaitReady();
        Talk one = TALKS.getFirst();
        say(first, one);
        allAreAnswered();
        assertThat(owner(one)).isEqualTo(node(first));
        second.start().awaitReady();
        for (Talk talk : TALKS) {
            say(second, talk);
        }
        allAreAnswered();
    }

    /** As Telegram does by way of a proxy: what is not acknowledged comes again, where somebody listens. */
    private static void load(AtomicBoolean loading, AtomicInteger refused) {
        while (loading.get()) {
            for (Talk talk : TALKS) {
                String text = text(talk);
                int status = statusOrZero(second, talk.bot(), text);
                for (int again = 0; status != 200 && again < 100; again++) {
                    refused.addAndGet(status == 0 ? 0 : 1);
                    status = statusOrZero(first, talk.bot(), text);
                }
            }
        }
    }

    private static long inDoubt() {
        return installation.number("select count(*) from outbox_message where uncertain_at is not null");
    }

    /** 0 where the connection was refused or closed before an answer. */
    private static int statusOrZero(ServerProcess server, SimBot bot, String text) {
        try {
            return post(webhook(bot, server.url()), secret(bot), text);
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private static void say(ServerProcess server, Talk talk) throws IOException, InterruptedException {
        assertThat(post(webhook(talk.bot(), server.url()), secret(talk.bot()), text(talk)))
                .isEqualTo(200);
    }

    private static String text(Talk talk) {
        return """
                {"update_id":%d,"message":{"message_id":%1$d,"date":%d,"text":"/echo m%d","chat":{"id":%d,"type":"private"},
                 "from":{"id":%4$d,"is_bot":false,"first_name":"Ann"}}}""".formatted(
                        UPDATES.incrementAndGet(),
                        Instant.now().getEpochSecond(),
                        talk.said().incrementAndGet(),
                        talk.chat().id());
    }

    /** Each once and in the order in which they were said. */
    private static void allAreAnswered() {
        for (Talk talk : TALKS) {
            int said = talk.said().get();
            List<String> expected = new ArrayList<>();
            for (int i = 1; i <= said; i++) {
                expected.add("m%d #%1$d".formatted(i));
            }
            assertThat(installation.answers(talk.chat(), said, PATIENCE))
                    .as(talk.bot().username())
                    .isEqualTo(expected);
        }
    }

    private static int post(URI url, String secret, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .header("X-Telegram-Bot-Api-Secret-Token", secret)
                .POST(BodyPublishers.ofString(body))
                .timeout(PATIENCE)
                .build();
        return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static URI webhook(SimBot bot, URI server) {
        return server.resolve(
                URI.create(String.valueOf(told(bot).parameter("url"))).getPath());
    }

    private static String secret(SimBot bot) {
        return String.valueOf(told(bot).parameter("secret_token"));
    }

    private static ApiCall told(SimBot bot) {
        return installation.simulator().journal().calls(bot, "setWebhook").getLast();
    }

    private static long held(ServerProcess server) {
        return installation.number("select count(*) from bot_lease where node_id = '%s'".formatted(node(server)));
    }

    private static List<String> owners() {
        return TALKS.stream().map(SeveralNodesIT::owner).toList();
    }

    private static String owner(Talk talk) {
        return Stream.of(first, second)
                .map(SeveralNodesIT::node)
                .filter(node ->
                        installation.number("select count(*) from bot_lease where bot_id = %d and node_id = '%s'"
                                        .formatted(talk.bot().id(), node))
                                == 1)
                .findFirst()
                .orElse("nobody");
    }

    private static String node(ServerProcess server) {
        return String.valueOf(server.environment().get("HOLDFAST_NODE_ID"));
    }

    private static double metric(ServerProcess server, String name, String label)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(server.url().resolve("/metrics")).build();
        return HTTP.send(request, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line -> line.startsWith(name) && line.contains("\"" + label + "\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
