package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.channel.BotApi.Answer;
import io.holdfast.channel.BotApi.Command;
import io.holdfast.channel.BotApi.Identity;
import io.holdfast.channel.BotApi.Webhook;
import io.holdfast.channel.BotToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelegramBotApiTest {
    private final FaultyServer server = new FaultyServer();
    private final TelegramCalls calls = TestCalls.calls(TestCalls.config(server.url()));
    private final TelegramBotApi api = api(calls);
    private final BotToken token = TestCalls.freshToken();

    @SuppressWarnings("UnnecessaryAssignment") // there is no container here
    private static TelegramBotApi api(TelegramCalls calls) {
        TelegramBotApi api = new TelegramBotApi();
        api.calls = calls;
        return api;
    }

    @AfterEach
    void close() {
        calls.close();
        server.close();
    }

    @Test
    void get_me_tells_who_the_bot_is() {
        server.thenAnswer(
                200,
                "{\"ok\":true,\"result\":{\"id\":9007199254740993,\"is_bot\":true,\"first_name\":\"Demo\",\"username\":\"demo_bot\",\"new\":{}}}");
        assertThat(api.getMe(token))
                .isEqualTo(new Answer.Success<>(new Identity(9007199254740993L, "demo_bot", "Demo")));
    }

    @Test
    void webhook_info_without_a_url_has_none() {
        server.thenAnswer(200, "{\"ok\":true,\"result\":{\"url\":\"\",\"pending_update_count\":3}}");
        server.thenAnswer(
                200,
                "{\"ok\":true,\"result\":{\"url\":\"https://a/b\",\"pending_update_count\":0,\"last_error_message\":\"Wrong response\"}}");
        assertThat(api.getWebhookInfo(token)).isEqualTo(new Answer.Success<>(new Webhook(null, 3, null)));
        assertThat(api.getWebhookInfo(token))
                .isEqualTo(new Answer.Success<>(new Webhook("https://a/b", 0, "Wrong response")));
    }

    @Test
    void a_webhook_is_set_with_every_kind_of_update_named() throws IOException {
        String secret = UUID.randomUUID().toString();
        server.thenAnswer(200, "{\"ok\":true,\"result\":true,\"description\":\"Webhook was set\"}");
        assertThat(api.setWebhook(token, "https://bots.example/telegram/r", secret))
                .isEqualTo(new Answer.Success<>(true));
        JsonNode sent = lastParameters("setWebhook");
        assertThat(sent.get("url").asText()).isEqualTo("https://bots.example/telegram/r");
        assertThat(sent.get("secret_token").asText()).isEqualTo(secret);
        assertThat(sent.get("max_connections").asInt()).isEqualTo(40);
        assertThat(sent.get("drop_pending_updates").asBoolean(true)).isFalse();
        assertThat(sent.get("allowed_updates").isArray()).isTrue();
        assertThat(sent.get("allowed_updates"))
                .extracting(JsonNode::asText)
                .contains("message", "chat_member", "message_reaction", "message_reaction_count")
                .hasSize(UpdateKinds.ALL.size());
    }

    @Test
    void deleting_a_webhook_keeps_what_waits() throws IOException {
        server.thenAnswer(200, "{\"ok\":true,\"result\":true}");
        assertThat(api.deleteWebhook(token)).isEqualTo(new Answer.Success<>(true));
        assertThat(lastParameters("deleteWebhook").get("drop_pending_updates").asBoolean(true))
                .isFalse();
    }

    @Test
    void commands_are_set_for_each_language() throws IOException {
        server.thenAnswer(200, "{\"ok\":true,\"result\":true}");
        assertThat(api.setCommands(token, Map.of("de", List.of(new Command("start", "Los")))))
                .isEqualTo(new Answer.Success<>(true));
        JsonNode sent = lastParameters("setMyCommands");
        assertThat(sent.get("language_code").asText()).isEqualTo("de");
        assertThat(sent.get("commands").get(0).get("command").asText()).isEqualTo("start");
        assertThat(sent.get("commands").get(0).get("description").asText()).isEqualTo("Los");

        server.thenAnswer(200, "{\"ok\":true,\"result\":true}");
        api.setCommands(token, Map.of("", List.of()));
        assertThat(lastParameters("setMyCommands").has("language_code")).isFalse();
    }

    @Test
    void updates_come_as_the_bytes_they_were() throws IOException {
        String first = "{ \"update_id\" : 5, \"message\":{\"text\":\"ä\\u0000\\ud800 😀\"}, \"x\":1.50 }";
        String second = "{\"update_id\":9007199254740993}";
        server.thenAnswer(200, "{\"ok\":true,\"result\":[ %s ,\n%s]}".formatted(first, second));
        Answer<List<byte[]>> answer = api.getUpdates(token, 1L << 40, 100, 0);
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Success.class,
                        success -> assertThat((List<?>) success.value())
                                .extracting(raw -> new String((byte[]) raw, StandardCharsets.UTF_8))
                                .containsExactly(first, second));
        JsonNode sent = lastParameters("getUpdates");
        assertThat(sent.get("offset").asLong()).isEqualTo(1L << 40);
        assertThat(sent.get("limit").asInt()).isEqualTo(100);
        assertThat(sent.get("timeout").asInt()).isZero();
        assertThat(sent.get("allowed_updates")).hasSize(UpdateKinds.ALL.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "200|{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized\"}|401",
                "404|{\"ok\":false,\"error_code\":404,\"description\":\"Not Found\"}|404",
                "429|{\"ok\":false,\"error_code\":429,\"description\":\"x\"}|429"
            })
    void a_refusal_has_the_code_of_the_api(int status, String body, int code) {
        server.thenAnswer(status, body);
        assertThat(api.getMe(token))
                .isInstanceOfSatisfying(
                        Answer.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "200|<html>",
                "200|~~",
                "200|{\"ok\":true}",
                "200|{\"ok\":true,\"result\":[]}",
                "200|{\"ok\":true,\"result\":{\"id\":\"x\"}}",
                "200|{\"ok\":true,\"result\":{}}",
                "401|<html>",
                "500|{\"ok\":false,\"error_code\":500,\"description\":\"x\"}",
                "502|<html>"
            })
    void an_answer_that_cannot_be_used_is_unreachable(int status, String body) {
        server.thenAnswer(status, body);
        assertThat(api.getMe(token)).isInstanceOf(Answer.Unreachable.class);
    }

    @Test
    void a_broken_connection_is_unreachable_without_the_token() {
        server.thenReset();
        assertThat(api.getMe(token)).isInstanceOfSatisfying(Answer.Unreachable.class, broken -> {
            assertThat(broken.timeout()).isFalse();
            assertThat(broken.reason()).isNotBlank().doesNotContain(token.reveal());
        });
    }

    private JsonNode lastParameters(String method) throws IOException {
        String request = server.requests.getLast();
        assertThat(request).startsWith("POST /bot" + token.reveal() + "/" + method + " ");
        return new ObjectMapper().readTree(request.substring(request.indexOf("\r\n\r\n")));
    }
}
