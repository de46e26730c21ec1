package io.holdfast.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.admin.RawApi.Reply;
import io.holdfast.simulator.Fault;
import io.holdfast.simulator.FaultKind;
import io.holdfast.simulator.FaultRule;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The calls about bots, in the installation of whoever extends this. */
abstract class BotApiCases {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ApiInstallation installation;
    private final RawApi api;
    private final String tenant;

    BotApiCases(ApiInstallation installation) {
        this.installation = installation;
        this.api = installation.api;
        this.tenant = api.post("/api/v1/tenants", "{\"name\": \"%s\"}".formatted(ApiInstallation.random(9)))
                .json()
                .path("id")
                .asText();
    }

    private SimBot bot(String username) {
        return installation.simulator.createBot(username, username);
    }

    private SimBot registered(String username) {
        SimBot bot = bot(username);
        assertThat(register(bot, false).status()).isEqualTo(201);
        return bot;
    }

    private Reply register(SimBot bot, boolean takeover) {
        return api.post("/api/v1/bots", installation.registration(tenant, bot, takeover));
    }

    private Reply registerToken(String token) {
        return api.post("/api/v1/bots", """
                {"tenantId": "%s", "token": "%s", "name": "x", "access": "open"}""".formatted(tenant, token));
    }

    private void answered(SimChat chat, int count) {
        installation
                .simulator
                .journal()
                .awaitCalls(
                        call -> call.method().equals("sendMessage") && call.chatId() == chat.id() && call.accepted(),
                        count,
                        PATIENCE);
    }

    @Test
    void a_bad_token_is_told_and_not_echoed() {
        String malformed = "471100 " + ApiInstallation.random(24);
        String unknown = "471100:" + ApiInstallation.random(27);
        Reply form = registerToken(malformed);
        assertThat(form.problem()).isEqualTo("fleet:token-malformed");
        Reply revoked = registerToken(unknown);
        assertThat(revoked.problem()).isEqualTo("fleet:token-unauthorized");
        for (Reply reply : List.of(form, revoked)) {
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.pointers()).containsExactly("/token");
            assertThat(reply.text()).doesNotContain(malformed, unknown);
        }
    }

    @Test
    void a_bot_is_registered_once() {
        SimBot bot = registered("once_bot");
        Reply again = register(bot, true);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("fleet:already-registered");
        JsonNode shown = api.get("/api/v1/bots/" + bot.id()).json();
        assertThat(shown.path("state").asText()).isEqualTo("RUNNING");
        assertThat(shown.path("webhook").path("set").asBoolean()).isTrue();
        assertThat(api.get("/api/v1/bots?limit=200").text())
                .contains("once_bot")
                .doesNotContain(bot.token());
    }

    @Test
    void a_foreign_webhook_is_taken_over_only_when_asked() throws Exception {
        SimBot bot = bot("foreign_bot");
        HttpRequest elsewhere = HttpRequest.newBuilder(
                        URI.create(installation.simulator.url() + "bot" + bot.token() + "/setWebhook"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"url\": \"https://elsewhere.example.org/hook\"}"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            assertThat(http.send(elsewhere, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
        Reply refused = register(bot, false);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.problem()).isEqualTo("fleet:foreign-webhook");
        assertThat(refused.text()).contains("elsewhere.example.org").doesNotContain("/hook");
        assertThat(api.get("/api/v1/bots/" + bot.id()).status()).isEqualTo(404);
        assertThat(register(bot, true).status()).isEqualTo(201);
    }

    @Test
    void with_telegram_away_nothing_is_stored_and_the_server_stays_ready() throws Exception {
        SimBot bot = bot("away_bot");
        for (FaultKind kind : List.of(FaultKind.RESET_BEFORE, FaultKind.HTML, FaultKind.HALF_JSON)) {
            installation
                    .simulator
                    .faults()
                    .add(FaultRule.always(Fault.of(kind))
                            .onBot(bot)
                            .onMethod("getMe")
                            .times(1));
            Reply reply = register(bot, false);
            assertThat(reply.status()).as(kind.name()).isEqualTo(503);
            assertThat(reply.problem()).isEqualTo("fleet:telegram-unreachable");
            assertThat(reply.header("Retry-After")).isPresent();
            Reply ready = api.get("/health/ready");
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.text()).contains("\"telegram\":\"degraded\"", "telegramFailedAt");
        }
        assertThat(installation.number("select count(*) from bot where bot_id = " + bot.id()))
                .isZero();
        assertThat(register(bot, false).status()).isEqualTo(201);
        assertThat(api.get("/health/ready").text()).contains("\"telegram\":\"ok\"", "telegramAnsweredAt");
    }

    @Test
    void settings_take_known_names_and_values_only() {
        String path =
                "/api/v1/bots/%d/settings".formatted(registered("setting_bot").id());
        Reply put = api.put(path, "{\"throttle\": \"off\", \"batching\": \"0s\"}");
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.json().path("throttle").asText()).isEqualTo("off");
        Reply bad = api.put(path, "{\"throttle\": \"maybe\", \"pacing\": 7, \"batching\": \"1h\", \"speed\": \"x\"}");
        assertThat(bad.status()).isEqualTo(400);
        assertThat(bad.pointers()).containsExactlyInAnyOrder("/throttle", "/pacing", "/batching", "/speed");
        assertThat(api.get(path).json()).isEqualTo(put.json());
    }

    @Test
    void pages_give_every_message_once_while_others_come_in() {
        SimBot bot = registered("page_bot");
        SimChat chat = installation.simulator.privateChat(bot, "Pia");
        for (int i = 0; i < 25; i++) {
            installation.simulator.say(bot, chat, "/echo m");
        }
        answered(chat, 25);
        List<Long> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            JsonNode items = api.get("/api/v1/messages?limit=10&botId=" + bot.id() + cursor)
                    .json();
            items.path("items").forEach(item -> seen.add(item.path("id").asLong()));
            boolean last = items.path("next").isNull();
            assertThat(last).isEqualTo(page == 2);
            cursor = "&cursor=" + items.path("next").asText();
            installation.simulator.say(bot, chat, "/echo more");
            answered(chat, 26 + page);
        }
        assertThat(seen).hasSize(25).doesNotHaveDuplicates();
        for (String query : List.of("", "botId=x", "botId=1&limit=0", "botId=1&limit=201", "botId=1&cursor=x")) {
            assertThat(api.get("/api/v1/messages?" + query).problem()).as(query).isEqualTo("admin:invalid-parameters");
        }
    }

    @Test
    void deletion_cancels_what_waits_and_nothing_of_it_comes_back() throws Exception {
        SimBot bot = registered("short_bot");
        SimChat chat = installation.simulator.privateChat(bot, "Tom");
        installation.simulator.say(bot, chat, "/remind 1h tea");
        answered(chat, 1);
        leaveOpen(bot, chat);
        assertThat(api.delete("/api/v1/bots/" + bot.id()).status()).isEqualTo(204);
        assertThat(api.get("/api/v1/bots/" + bot.id()).status()).isEqualTo(404);
        assertThat(api.delete("/api/v1/bots/" + bot.id()).status()).isEqualTo(404);
        assertThat(bot.hasWebhook()).isFalse();
        assertThat(installation.number("select count(*) from due where bot_id = " + bot.id()))
                .isZero();
        assertThat(cancelled("inbox_update", bot)).isEqualTo(2);
        assertThat(cancelled("outbox_message", bot)).isEqualTo(1);
        assertThat(register(bot, false).status()).isEqualTo(201);
        installation.simulator.say(bot, chat, "/echo again");
        answered(chat, 2);
        await().atMost(PATIENCE).until(() -> installation.number("""
                        select count(*) from outbox_message where state = 'SENT' and bot_id = %d""".formatted(bot.id())) == 2);
        assertThat(installation.simulator.journal().calls(chat))
                .noneMatch(call -> call.parameters().toString().contains("ghost"));
        assertThat(cancelled("inbox_update", bot)).isEqualTo(2);
    }

    /** What a crash leaves: an update without its turn, and one that is to be tried again. */
    private void leaveOpen(SimBot bot, SimChat chat) throws Exception {
        String sql = """
                with left_open as (
                    insert into inbox_update (bot_id, channel, external_id, kind, queue_key, state, expires_at, payload)
                    select ?, 'telegram', n::text, 'message', 'ghost', case n when 1 then 'PENDING' else 'RETRY' end,
                           now() + interval '1 hour', convert_to(format(?, n), 'UTF8')
                    from generate_series(1, 2) n returning bot_id, inbox_id, state)
                insert into due (bot_id, kind, ref, due_at)
                select bot_id, 'INBOX', inbox_id, now() + interval '1 hour' from left_open where state = 'RETRY'
                """;
        String update = """
                {"update_id": %%s, "message": {"message_id": 1, "date": 1767600000, "text": "/echo ghost",
                 "chat": {"id": %1$d, "type": "private"}, "from": {"id": %1$d, "is_bot": false, "first_name": "Tom"}}}""".formatted(chat.id());
        try (Connection connection = installation.database.connectAsOwner();
                var insert = connection.prepareStatement(sql)) {
            insert.setLong(1, bot.id());
            insert.setString(2, update);
            assertThat(insert.executeUpdate()).isEqualTo(1);
        }
    }

    private long cancelled(String table, SimBot bot) throws Exception {
        return installation.number(
                "select count(*) from %s where state = 'CANCELLED' and finished_at is not null and bot_id = %d"
                        .formatted(table, bot.id()));
    }
}
