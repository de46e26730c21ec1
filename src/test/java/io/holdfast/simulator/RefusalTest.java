package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefusalTest {

    private final Stage stage = Stage.open();

    @AfterEach
    void close() {
        stage.close();
    }

    private BotClient.Reply edit(String text) {
        return stage.call(
                "editMessageText",
                "{\"chat_id\":" + stage.chat().id() + ",\"message_id\":1,\"text\":\"" + text + "\"}");
    }

    private SimChat group() {
        return stage.simulator().group("Team", List.of(stage.chat().user()), stage.bot());
    }

    @Test
    void a_revoked_token_is_unauthorized_and_the_new_one_works() throws Exception {
        assertThat(stage.call("getMe", "{}").status()).isEqualTo(200);
        String fresh = stage.bot().revokeToken();
        BotClient.Reply reply = stage.call("getMe", "{}");
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.body()).isEqualTo("{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized\"}");
        try (BotClient client = new BotClient(stage.simulator(), fresh)) {
            assertThat(client.call("getMe", "{}").status()).isEqualTo(200);
        }
    }

    @Test
    void malformed_tokens_and_unknown_methods_are_not_found() throws Exception {
        assertThat(stage.client().get("/botnonsense/getMe").errorCode()).isEqualTo(404);
        assertThat(stage.client().get("/bot/getMe").errorCode()).isEqualTo(404);
        assertThat(stage.call("sendMesage", "{}").description()).isEqualTo("Not Found: method not found");
    }

    @Test
    void the_journal_never_holds_a_token() throws Exception {
        String token = stage.bot().token();
        stage.call("getMe", "{}");
        stage.bot().revokeToken();
        stage.call("getMe", "{}");
        assertThat(stage.client().get("/sim/journal").body()).doesNotContain(token);
    }

    @Test
    void methods_that_are_not_modelled_are_checked_against_the_specification() {
        assertThat(stage.call("sendPhoto", "{\"chat_id\":1}").description())
                .isEqualTo("Bad Request: parameter \"photo\" is required");
        assertThat(stage.call("sendPoll", "{\"chat_id\":1,\"question\":\"q\",\"options\":7}")
                        .description())
                .isEqualTo("Bad Request: parameter \"options\" has the wrong type");
        assertThat(stage.call("SENDDICE", "{\"chat_id\":1,\"emojy\":\"x\"}")
                        .result()
                        .asBoolean())
                .isTrue();
        assertThat(stage.simulator()
                        .journal()
                        .calls(stage.bot(), "sendDice")
                        .getFirst()
                        .unknownParameters())
                .containsExactly("emojy");
    }

    @Test
    void strangers_are_not_found() {
        assertThat(stage.call("sendMessage", "{\"chat_id\":4711,\"text\":\"x\"}")
                        .description())
                .isEqualTo("Bad Request: chat not found");
        assertThat(stage.call("sendMessage", "{\"text\":\"x\"}").description())
                .isEqualTo("Bad Request: chat_id is empty");
    }

    @Test
    void a_blocked_bot_is_forbidden_until_it_is_let_in_again() {
        assertThat(stage.simulator().block(stage.bot(), stage.chat())).isPositive();
        BotClient.Reply reply = stage.send("x");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.description()).isEqualTo("Forbidden: bot was blocked by the user");
        assertThat(stage.simulator().say(stage.bot(), stage.chat(), "unheard")).isZero();
        stage.simulator().letIn(stage.bot(), stage.chat());
        assertThat(stage.send("x").status()).isEqualTo(200);
        stage.simulator().deactivate(stage.bot(), stage.chat());
        assertThat(stage.send("x").description()).isEqualTo("Forbidden: user is deactivated");
    }

    @Test
    void a_bot_that_was_kicked_out_is_forbidden() {
        SimChat group = group();
        stage.simulator().kick(stage.bot(), group);
        assertThat(stage.send(group, "x", "").description()).isEqualTo("Forbidden: bot was kicked from the group chat");
    }

    @Test
    void a_group_that_became_a_supergroup_tells_its_new_id() {
        SimChat group = group();
        SimChat supergroup = stage.simulator().migrate(group);
        BotClient.Reply reply = stage.send(group, "x", "");
        assertThat(reply.errorCode()).isEqualTo(400);
        assertThat(reply.json().path("parameters").path("migrate_to_chat_id").asLong())
                .isEqualTo(supergroup.id())
                .isLessThan(-1_000_000_000_000L);
        assertThat(stage.send(supergroup, "x", "").status()).isEqualTo(200);
        assertThat(stage.call("getUpdates", "{}").body())
                .contains("\"migrate_to_chat_id\":" + supergroup.id())
                .contains("\"migrate_from_chat_id\":" + group.id());
    }

    @Test
    void only_open_topics_take_messages_and_general_has_no_number() {
        SimChat forum =
                stage.simulator().supergroup("Forum", List.of(stage.chat().user()), stage.bot());
        stage.simulator().openTopic(forum, 5);
        assertThat(stage.send(forum, "x", ",\"message_thread_id\":5").status()).isEqualTo(200);
        assertThat(stage.send(forum, "x", "").status()).isEqualTo(200);
        assertThat(stage.send(forum, "x", ",\"message_thread_id\":1").description())
                .isEqualTo("Bad Request: message thread not found");
        stage.simulator().deleteTopic(forum, 5);
        assertThat(stage.send(forum, "x", ",\"message_thread_id\":5").description())
                .isEqualTo("Bad Request: message thread not found");
    }

    @Test
    void an_edit_must_change_something_of_the_bots_own() {
        stage.send("same");
        assertThat(edit("same").description()).startsWith("Bad Request: message is not modified");
        assertThat(edit("other").result().path("edit_date").asInt()).isPositive();
        stage.call("deleteMessage", "{\"chat_id\":" + stage.chat().id() + ",\"message_id\":1}");
        assertThat(edit("again").description()).isEqualTo("Bad Request: message to edit not found");
    }

    @Test
    void buttons_carry_1_to_64_bytes() {
        assertThat(button("ä".repeat(32)).status()).isEqualTo(200);
        assertThat(button("ä".repeat(33)).description()).isEqualTo("Bad Request: BUTTON_DATA_INVALID");
        assertThat(button("").description()).isEqualTo("Bad Request: BUTTON_DATA_INVALID");
    }

    private BotClient.Reply button(String data) {
        return stage.send(
                stage.chat(),
                "choose",
                ",\"reply_markup\":{\"inline_keyboard\":[[{\"text\":\"A\",\"callback_data\":\"" + data + "\"}]]}");
    }

    @Test
    void a_press_is_answered_once() {
        stage.send("choose");
        String id = stage.simulator().press(stage.bot(), stage.chat(), 1, "yes").queryId();
        String answer = "{\"callback_query_id\":\"" + id + "\"}";
        assertThat(stage.call("answerCallbackQuery", answer).status()).isEqualTo(200);
        assertThat(stage.call("answerCallbackQuery", answer).description()).contains("query is too old");
    }

    @Test
    void a_command_list_has_at_most_100_commands() {
        String one = "{\"command\":\"start\",\"description\":\"Begin\"}";
        String all = String.join(",", Collections.nCopies(101, one));
        assertThat(stage.call("setMyCommands", "{\"commands\":[" + all + "]}").description())
                .isEqualTo("Bad Request: BOT_COMMANDS_TOO_MUCH");
        assertThat(stage.call("setMyCommands", "{\"commands\":[" + one + "]}").status())
                .isEqualTo(200);
        assertThat(stage.call("getMyCommands", "{}").result()).hasSize(1);
        assertThat(stage.call("setMyCommands", "{\"commands\":[{\"command\":\"A b\",\"description\":\"x\"}]}")
                        .description())
                .isEqualTo("Bad Request: BOT_COMMAND_INVALID");
    }

    @Test
    void a_reply_needs_its_message_unless_told_otherwise() {
        String reply = ",\"reply_parameters\":{\"message_id\":99%s}";
        assertThat(stage.send(stage.chat(), "x", reply.formatted("")).description())
                .isEqualTo("Bad Request: message to be replied not found");
        assertThat(stage.send(stage.chat(), "x", reply.formatted(",\"allow_sending_without_reply\":true"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void limits_answer_429_per_chat_after_a_burst() {
        try (Stage slow =
                Stage.open(SimulatorConfig.defaults().withTimeScale(0.01).withRateLimits(true))) {
            int refused = 0;
            for (int i = 0; i < 8; i++) {
                BotClient.Reply reply = slow.send("#" + i);
                refused += reply.status() == 429 && reply.retryAfter() != null ? 1 : 0;
            }
            assertThat(refused).isEqualTo(3);
        }
    }

    @Test
    void uploads_come_as_multipart_and_the_journal_keeps_no_file() throws Exception {
        String body = "--xyz\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n"
                + stage.chat().id() + "\r\n--xyz\r\nContent-Disposition: form-data; name=\"caption\"\r\n\r\nRésumé\r\n"
                + "--xyz\r\nContent-Disposition: form-data; name=\"document\"; filename=\"a.txt\"\r\n"
                + "Content-Type: text/plain\r\n\r\nSECRET FILE\r\n--xyz--\r\n";
        BotClient.Reply reply = stage.client()
                .post(
                        "/bot" + stage.bot().token() + "/sendDocument",
                        "multipart/form-data; boundary=xyz",
                        body.getBytes(UTF_8));
        assertThat(reply.result().path("caption").asText()).isEqualTo("Résumé");
        assertThat(reply.result().path("document").path("file_size").asInt()).isEqualTo(11);
        assertThat(stage.client().get("/sim/journal").body()).contains("a.txt").doesNotContain("SECRET FILE");
    }

    @Test
    void forms_and_queries_are_understood_and_bad_utf8_refused() throws Exception {
        String path = "/bot" + stage.bot().token() + "/sendMessage?chat_id="
                + stage.chat().id();
        assertThat(stage.client()
                        .get(path + "&text=a%20b+c%C3%A9")
                        .result()
                        .path("text")
                        .asText())
                .isEqualTo("a b cé");
        String form = "application/x-www-form-urlencoded";
        assertThat(stage.client().post(path, form, "text=x%FFy".getBytes(UTF_8)).description())
                .isEqualTo("Bad Request: strings must be encoded in UTF-8");
    }
}
