package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlApiTest {

    private final Stage stage = Stage.open();

    @AfterEach
    void close() {
        stage.close();
    }

    private BotClient.Reply post(String path, String json) throws IOException {
        return stage.client().post("/sim/" + path, "application/json", json.getBytes(UTF_8));
    }

    private String here(String more) {
        return "{\"botId\":" + stage.bot().id() + ",\"chatId\":" + stage.chat().id() + more + "}";
    }

    @Test
    void a_whole_scenario_needs_nothing_but_http() throws Exception {
        BotClient.Reply bot = post("bots", "{\"username\":\"curl_bot\"}");
        assertThat(bot.status()).isEqualTo(201);
        assertThat(bot.json().path("token").asText()).matches("[1-9][0-9]{9}:[A-Za-z0-9_-]{35}");
        long botId = bot.json().path("id").asLong();
        long chatId = post("chats", "{\"botId\":" + botId + ",\"user\":\"Bob\"}")
                .json()
                .path("id")
                .asLong();
        String place = "{\"botId\":" + botId + ",\"chatId\":" + chatId;
        assertThat(post("messages", place + ",\"text\":\"hi\"}")
                        .json()
                        .path("messageId")
                        .asInt())
                .isEqualTo(1);
        assertThat(post("edits", place + ",\"messageId\":1,\"text\":\"ho\"}")
                        .json()
                        .path("updateId")
                        .asLong())
                .isPositive();
        assertThat(post("presses", place + ",\"messageId\":1,\"data\":\"x\",\"twice\":true}")
                        .json()
                        .path("repeatedAs")
                        .asLong())
                .isPositive();
        assertThat(post("raw", "{\"botId\":" + botId + ",\"body\":\"not json\"}")
                        .json()
                        .path("updateId")
                        .asLong())
                .isNegative();
        assertThat(stage.client().get("/sim/state").body()).contains("\"text\":\"ho\"");
    }

    @Test
    void faults_are_added_listed_and_removed() throws Exception {
        long id = post("faults", "{\"kind\":\"rate-limit\",\"retryAfter\":3,\"times\":1,\"method\":\"sendMessage\"}")
                .json()
                .path("id")
                .asLong();
        assertThat(stage.send("x").retryAfter()).isEqualTo("3");
        assertThat(stage.client()
                        .get("/sim/faults")
                        .json()
                        .path("items")
                        .path(0)
                        .path("hits")
                        .asInt())
                .isEqualTo(1);
        BotClient.Reply left =
                stage.client().request("DELETE", "/sim/faults?id=" + id, "text/plain", new byte[0], "localhost");
        assertThat(left.json().path("items")).isEmpty();
    }

    @Test
    void the_journal_is_filtered_and_paged() throws Exception {
        stage.call("getMe", "{}");
        stage.send("one");
        stage.send("two");
        String query =
                "/sim/journal?method=sendmessage&limit=1&bot=" + stage.bot().id();
        assertThat(stage.client()
                        .get(query)
                        .json()
                        .path("items")
                        .path(0)
                        .path("parameters")
                        .path("text")
                        .asText())
                .isEqualTo("one");
        assertThat(stage.client().get(query + "&after=2").body())
                .contains("two")
                .doesNotContain("one");
    }

    @Test
    void mistakes_get_one_clear_sentence() throws Exception {
        assertThat(post("bots", "[]").body()).isEqualTo("{\"error\":\"the body must be one JSON object\"}");
        assertThat(post("bots", "{}").body()).isEqualTo("{\"error\":\"the field username is missing\"}");
        assertThat(post("bots", "{\"username\":\"demo_bot\"}").body()).contains("already");
        assertThat(post("chats", "{\"botId\":1,\"user\":\"x\"}").body()).isEqualTo("{\"error\":\"there is no bot 1\"}");
        assertThat(post("faults", "{\"kind\":\"earthquake\"}").body()).contains("there is no fault");
        assertThat(post("edits", here(",\"messageId\":9,\"text\":\"x\"")).body())
                .contains("there is no message 9");
        assertThat(post("nothing", "{}").status()).isEqualTo(404);
        assertThat(stage.client().get("/sim/messages").status()).isEqualTo(405);
    }

    @Test
    void events_tell_of_messages_and_calls_as_they_happen() throws Exception {
        try (BotClient listener = BotClient.of(stage.simulator(), stage.bot())) {
            listener.send("GET /sim/events HTTP/1.1\r\nHost: localhost\r\n\r\n", new byte[0]);
            String all = listener.readUntil("event: ready");
            stage.send("hello");
            all += listener.readUntil("event: call");
            assertThat(all)
                    .contains("text/event-stream")
                    .contains("event: message")
                    .contains("\"text\":\"hello\"");
        }
    }

    @Test
    void the_chat_page_is_served_without_foreign_parts() throws Exception {
        BotClient.Reply page = stage.client().get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.contentType()).startsWith("text/html");
        assertThat(page.body()).doesNotContain("https://").contains("app.css");
        assertThat(stage.client().get("/app.css").contentType()).startsWith("text/css");
    }
}
