package io.holdfast.rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.simulator.Fault;
import io.holdfast.simulator.FaultKind;
import io.holdfast.simulator.FaultRule;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.HoldfastClient;
import io.holdfast.testkit.HoldfastClient.Answer;
import io.holdfast.testkit.ServerProcess;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** As an operator meets dead letters; the kill comes last, since it costs a start. */
@TestMethodOrder(OrderAnnotation.class)
class DeadLetterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OPERATORS = 8;
    private static final int LETTERS = 40;

    private static Installation installation;
    private static SimBot bot;

    @BeforeAll
    static void start() {
        installation = Installation.start(
                ServerProcess.built(), SimulatorConfig.defaults().withTimeScale(8));
        bot = installation.registerBot("letters_bot");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    @Test
    @Order(1)
    void a_message_that_telegram_refused_is_parked_and_sent_once_however_many_replay_it() throws Exception {
        SimChat chat = installation.simulator().privateChat(bot, "Rita");
        installation
                .simulator()
                .faults()
                .add(FaultRule.always(Fault.of(FaultKind.NOT_OK))
                        .onChat(chat)
                        .onMethod("sendMessage")
                        .times(1));
        installation.simulator().say(bot, chat, "/echo m1");
        JsonNode letter = onlyOpen("queue=OUTBOX");
        assertThat(letter.path("priority").asText()).isEqualTo("P2");
        assertThat(letter.path("owner").asText()).isEqualTo("TENANT");
        assertThat(letter.path("tenantId").asText()).isEqualTo(installation.tenant());
        JsonNode whole = get("/" + letter.path("id").asLong());
        assertThat(whole.path("payload").path("text").asText()).contains("m1 #1");
        assertThat(whole.path("history")).hasSize(1);

        String path = "/" + letter.path("id").asLong() + "/replay";
        List<Integer> answers = new ArrayList<>();
        try (ExecutorService operators = Executors.newFixedThreadPool(OPERATORS)) {
            List<Future<Answer>> calls = new ArrayList<>();
            for (int i = 0; i < OPERATORS; i++) {
                calls.add(operators.submit(() -> post(path, null)));
            }
            for (Future<Answer> call : calls) {
                answers.add(call.get().status());
            }
        }
        assertThat(answers).containsOnlyOnce(200).containsOnly(200, 409);
        assertThat(installation.answers(chat, 1, PATIENCE)).containsExactly("m1 #1");
        installation.simulator().say(bot, chat, "/echo m2");
        assertThat(installation.answers(chat, 2, PATIENCE)).containsExactly("m1 #1", "m2 #2");
        JsonNode replayed = get("/" + letter.path("id").asLong());
        assertThat(replayed.path("letter").path("state").asText()).isEqualTo("REPLAYED");
        assertThat(replayed.path("history").get(1).path("operator").asText()).isEqualTo("rig");
        assertThat(type(post(path, null))).isEqualTo("deadletter:closed");
    }

    @Test
    @Order(2)
    void a_body_that_is_no_update_is_told_once_and_can_only_be_discarded_with_a_reason() throws Exception {
        installation.simulator().raw(bot, "no update".getBytes(StandardCharsets.UTF_8));
        JsonNode letter = onlyOpen("queue=INGRESS&priority=P1&owner=PLATFORM");
        String path = "/" + letter.path("id").asLong();
        assertThat(type(post(path + "/replay", null))).isEqualTo("deadletter:impossible");
        assertThat(type(post(path + "/discard", HoldfastClient.object()))).isEqualTo("admin:invalid-fields");
        assertThat(type(post(path + "/discard", HoldfastClient.object().put("reason", " "))))
                .isEqualTo("admin:invalid-fields");
        await().atMost(PATIENCE)
                .until(() -> get(path).path("letter").path("alertedAt").isTextual());
        Answer discarded = post(path + "/discard", HoldfastClient.object().put("reason", "a stranger's"));
        assertThat(discarded.body().path("letter").path("state").asText()).isEqualTo("DISCARDED");
        assertThat(type(post(path + "/discard", HoldfastClient.object().put("reason", "again"))))
                .isEqualTo("deadletter:closed");
        assertThat(installation.number("select count(*) from event where kind = 'ALERTED' and outcome = 'NEW_P1'"))
                .isEqualTo(1);
    }

    @Test
    @Order(3)
    void mistakes_in_filters_are_told_by_name() {
        Answer list = installation
                .client()
                .send(
                        "GET",
                        "/api/v1/dead-letters?botId=x&tenantId=1&queue=inbox&priority=P9&owner=me&state=NEW&since=today"
                                + "&reason=%00&limit=0&cursor=!",
                        null);
        assertThat(list.body().path("errors").findValuesAsText("parameter"))
                .containsExactlyInAnyOrder(
                        "botId",
                        "tenantId",
                        "queue",
                        "priority",
                        "owner",
                        "state",
                        "since",
                        "reason",
                        "limit",
                        "cursor");
        ObjectNode bulk = HoldfastClient.object().put("action", "burn").put("colour", "red");
        bulk.putObject("filter")
                .put("state", "REPLAYED")
                .put("until", "+1000000000-12-31T23:59:59Z")
                .put("age", 3);
        assertThat(post("/bulk", bulk).body().path("errors").findValuesAsText("pointer"))
                .containsExactlyInAnyOrder("/action", "/colour", "/filter/state", "/filter/until", "/filter/age");
        ObjectNode discard = HoldfastClient.object().put("action", "discard");
        discard.putObject("filter");
        assertThat(post("/bulk", discard).body().path("errors").findValuesAsText("pointer"))
                .containsExactly("/reason");
        assertThat(post("/recover-since", HoldfastClient.object())
                        .body()
                        .path("errors")
                        .findValuesAsText("pointer"))
                .containsExactly("/since");
        for (String path : List.of("/999999", "/x", "/jobs/999999", "/jobs/x")) {
            assertThat(installation
                            .client()
                            .send("GET", "/api/v1/dead-letters" + path, null)
                            .status())
                    .as(path)
                    .isEqualTo(404);
        }
        assertThat(post("/999999/replay", null).status()).isEqualTo(404);
    }

    @Test
    @Order(4)
    void a_job_replays_what_its_dry_run_counted_once_each_although_the_server_is_killed_in_the_middle()
            throws Exception {
        List<SimChat> chats = new ArrayList<>();
        for (int i = 0; i < LETTERS; i++) {
            SimChat chat = installation.simulator().privateChat(bot, "Chat " + i);
            installation.simulator().say(bot, chat, "/echo m1");
            chats.add(chat);
        }
        chats.forEach(
                chat -> assertThat(installation.answers(chat, 1, PATIENCE)).hasSize(1));
        await().atMost(PATIENCE).until(() -> installation.unfinished() == 0);
        String since = text("select to_char(now() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')");
        parkTurnsOf(chats);

        ObjectNode order = HoldfastClient.object().put("since", since).put("dryRun", true);
        order.putObject("filter").put("botId", bot.id()).put("tenantId", installation.tenant());
        Answer counted = post("/recover-since", order);
        assertThat(counted.status()).isEqualTo(200);
        assertThat(counted.body().path("count").asInt()).isEqualTo(LETTERS);
        Answer accepted = post("/recover-since", order.put("dryRun", false));
        assertThat(accepted.status()).isEqualTo(202);
        String job = accepted.headers().firstValue("Location").orElseThrow();
        assertThat(job)
                .endsWith("/api/v1/dead-letters/jobs/"
                        + accepted.body().path("id").asLong());

        await().atMost(PATIENCE).until(() -> done(accepted) >= 5);
        installation.server().kill9();
        assertThat(installation.number("select done from dead_letter_job")).isBetween(5L, LETTERS - 5L);
        installation.server().restart().awaitReady();
        await().atMost(PATIENCE)
                .until(() -> job(accepted).path("state").asText().equals("DONE"));
        await().atMost(PATIENCE).until(() -> installation.unfinished() == 0);
        assertThat(job(accepted).path("done").asInt()).isEqualTo(LETTERS);
        assertThat(installation.number("select count(*) from dead_letter where replays <> 1 and ref in "
                        + "(select ref from dead_letter where reason = 'a bad deployment')"))
                .isZero();
        System.out.printf(
                "kill -9 in a job of %d: %d turns twice, %d otherwise%n",
                LETTERS, turnsWithAnswers("= 2"), turnsWithAnswers("<> 2"));
        assertThat(turnsWithAnswers("= 2")).isEqualTo(LETTERS);
        assertThat(turnsWithAnswers("<> 2")).isZero();
    }

    /** Their turns had their effect; a replay has it once more, which a chat's count and the outbox show. */
    private static void parkTurnsOf(List<SimChat> chats) throws SQLException {
        String ids = String.join(
                ", ", chats.stream().map(chat -> Long.toString(chat.id())).toList());
        try (Connection connection = installation.database().connectAsOwner();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("""
                    insert into dead_letter (bot_id, tenant_id, queue, ref, priority, owner, reason)
                    select bot_id, '%s', 'INBOX', inbox_id, 'P2', 'PLATFORM', 'a bad deployment'
                    from inbox_update where chat_id in (%s)
                    """.formatted(installation.tenant(), ids));
            statement.executeUpdate("""
                    update inbox_update set state = 'PARKED', attempts = 8 where chat_id in (%s)""".formatted(ids));
        }
    }

    private static long turnsWithAnswers(String condition) {
        return installation.number("""
                select count(*) from dead_letter d where d.reason = 'a bad deployment'
                  and (select count(*) from outbox_message o where o.bot_id = d.bot_id and o.inbox_id = d.ref) %s
                """.formatted(condition));
    }

    private static long done(Answer accepted) {
        return job(accepted).path("done").asLong();
    }

    private static JsonNode job(Answer accepted) {
        return get("/jobs/" + accepted.body().path("id").asLong());
    }

    private static JsonNode onlyOpen(String filter) {
        String path = "?state=OPEN&botId=%d&%s".formatted(bot.id(), filter);
        await().atMost(PATIENCE).until(() -> get(path).path("items").size() == 1);
        assertThat(get(path + "&tenantId=00000000-0000-0000-0000-000000000000").path("items"))
                .isEmpty();
        return get(path).path("items").get(0);
    }

    private static JsonNode get(String path) {
        Answer answer = installation.client().send("GET", "/api/v1/dead-letters" + path, null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.body();
    }

    private static Answer post(String path, @org.jspecify.annotations.Nullable JsonNode body) {
        return installation.client().send("POST", "/api/v1/dead-letters" + path, body);
    }

    private static String type(Answer answer) {
        return answer.body().path("type").asText().replace("urn:holdfast:problem:", "");
    }

    private static String text(String sql) throws SQLException {
        try (Connection connection = installation.database().connectAsOwner();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
