package io.holdfast.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.simulator.Fault;
import io.holdfast.simulator.FaultKind;
import io.holdfast.simulator.FaultRule;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.testkit.HoldfastClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TimelineIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static ApiInstallation installation;
    private static HoldfastClient client;
    private static SimBot bot;

    @BeforeAll
    static void boot() {
        installation = new ApiInstallation(Map.of("HOLDFAST_INBOX_ATTEMPTS", "2"));
        client = installation.server.client();
        client.bootstrap(installation.server.bootstrapSecret(), "ada", ApiInstallation.random(16));
        bot = installation.simulator.createBot("line_bot", "line_bot");
        client.createBot(client.createTenant("line"), bot.token(), "line_bot");
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static SimChat chat(String user) {
        return installation.simulator.privateChat(bot, user);
    }

    /** Says it and waits until its update and all its messages have ended. */
    private static JsonNode timelineOf(SimChat chat, String text) {
        installation.simulator.say(bot, chat, text);
        String ofChat = " where bot_id = %d and chat_id = %d".formatted(bot.id(), chat.id());
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(number("select count(*) from inbox_update" + ofChat + " and finished_at is not null"))
                    .isPositive();
            assertThat(number("select count(*) from outbox_message" + ofChat)).isPositive();
            assertThat(number("select count(*) from outbox_message" + ofChat + " and finished_at is null"))
                    .isZero();
        });
        HoldfastClient.Answer answer =
                timeline(Long.toString(number("select max(inbox_id) from inbox_update" + ofChat)));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).doesNotContain("tea");
        assertThat(times(answer.body())).isSortedAccordingTo(Comparator.naturalOrder());
        return answer.body();
    }

    private static HoldfastClient.Answer timeline(String id) {
        return client.send("GET", "/api/v1/messages/%s/timeline?botId=%d".formatted(id, bot.id()), null);
    }

    private static List<Instant> times(JsonNode timeline) {
        return timeline.path("steps").findValuesAsText("at").stream()
                .map(Instant::parse)
                .toList();
    }

    private static List<String> steps(JsonNode timeline) {
        List<String> steps = new ArrayList<>();
        timeline.path("steps")
                .forEach(step -> steps.add(
                        (step.path("step").asText() + " " + step.path("outcome").asText()).strip()));
        return steps;
    }

    private static JsonNode step(JsonNode timeline, String name) {
        for (JsonNode step : timeline.path("steps")) {
            if (step.path("step").asText().equals(name)) {
                return step;
            }
        }
        throw new AssertionError("no step " + name + " in " + timeline);
    }

    private static long number(String sql) {
        try {
            return installation.number(sql);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void an_ordinary_update_is_told_by_its_own_rows() {
        JsonNode timeline = timelineOf(chat("Ann"), "/echo tea");
        assertThat(steps(timeline))
                .containsExactlyInAnyOrder(
                        "ACCEPTED", "FINISHED DONE", "MESSAGE_WRITTEN", "MESSAGE_SENDING", "MESSAGE_SENT DELIVERED");
        assertThat(step(timeline, "MESSAGE_SENT").path("channelMessageId").asLong())
                .isPositive();
        assertThat(step(timeline, "MESSAGE_SENT").path("durationMs").isNumber()).isTrue();
        assertThat(number("select count(*) from event where bot_id = %d and inbox_id = %d"
                        .formatted(bot.id(), timeline.path("id").asLong())))
                .isZero();
    }

    @Test
    void a_turn_that_failed_is_retried_and_parked_with_the_incident_that_the_user_was_told() {
        SimChat chat = chat("Ben");
        installation.database.execute("""
                insert into chat_state (bot_id, chat_id, name, version, body)
                values (%d, %d, 'io.holdfast.builtin.EchoCommand$Echoes', 1, '\\x00')""".formatted(bot.id(), chat.id()));
        JsonNode timeline = timelineOf(chat, "/echo tea");
        assertThat(steps(timeline))
                .containsSubsequence("ACCEPTED", "RETRIED INTERNAL", "FINISHED PARKED")
                .contains("PARKED turn", "MESSAGE_SENT DELIVERED");
        String incident = step(timeline, "PARKED").path("incident").asText();
        assertThat(incident).hasSize(8);
        assertThat(chat.lastMessage().text()).contains(incident);
        JsonNode parked = client.send("GET", "/api/v1/event-log?kind=PARKED&botId=" + bot.id(), null)
                .body();
        assertThat(parked.path("items").findValuesAsText("incident")).contains(incident);
    }

    @Test
    void an_uncertain_send_that_was_repeated_shows_its_last_call() {
        SimChat chat = chat("Cat");
        installation
                .simulator
                .faults()
                .add(FaultRule.always(Fault.of(FaultKind.RESET_AFTER))
                        .onChat(chat)
                        .onMethod("sendMessage")
                        .times(1));
        JsonNode timeline = timelineOf(chat, "/echo tea");
        JsonNode sent = step(timeline, "MESSAGE_SENT");
        assertThat(sent.path("outcome").asText()).isEqualTo("DELIVERED");
        assertThat(sent.path("attempts").asInt()).isEqualTo(2);
        assertThat(steps(timeline)).containsSubsequence("MESSAGE_WRITTEN", "MESSAGE_SENDING", "MESSAGE_SENT DELIVERED");
    }

    @Test
    void a_refusal_is_an_event_of_its_update() {
        JsonNode timeline = timelineOf(chat("Dan"), "/nosuch tea");
        assertThat(steps(timeline)).contains("REFUSED REFUSED", "FINISHED REFUSED");
    }

    @Test
    void an_update_that_is_not_there_is_a_problem() {
        for (String id : List.of("999999999", "x", "-1")) {
            HoldfastClient.Answer answer = timeline(id);
            assertThat(answer.status()).as(id).isEqualTo(404);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
        assertThat(client.send("GET", "/api/v1/messages/1/timeline", null).status())
                .isEqualTo(400);
    }

    @Test
    void the_event_log_is_paged_and_its_filters_hold() {
        installation.database.execute("""
                insert into event (bot_id, kind, outcome, occurred_at)
                select 0, 'ALERTED', 'n' || n, now() - n * interval '1 hour' from generate_series(1, 5) n""");
        String list = "/api/v1/event-log?kind=ALERTED&limit=3";
        JsonNode first = client.send("GET", list, null).body();
        JsonNode second = client.send(
                        "GET", list + "&cursor=" + first.path("next").asText(), null)
                .body();
        assertThat(first.path("items").findValuesAsText("outcome")).containsExactly("n5", "n4", "n3");
        assertThat(second.path("items").findValuesAsText("outcome")).containsExactly("n2", "n1");
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(first.path("items").path(0).has("botId")).isFalse();
        String since = Instant.now().minus(Duration.ofMinutes(90)).toString();
        JsonNode recent = client.send("GET", list + "&since=" + since, null).body();
        assertThat(recent.path("items").findValuesAsText("outcome")).containsExactly("n1");
        JsonNode wrong = client.send("GET", "/api/v1/event-log?kind=NOTHING&since=yesterday&botId=x", null)
                .body();
        assertThat(wrong.path("errors").size()).isEqualTo(3);
    }
}
