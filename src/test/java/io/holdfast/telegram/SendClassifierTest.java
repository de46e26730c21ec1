package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.channel.OutboundCall;
import io.holdfast.channel.OutcomeClass;
import io.holdfast.channel.SendOutcome;
import io.holdfast.channel.SendOutcome.Amended;
import io.holdfast.channel.SendOutcome.Delivered;
import io.holdfast.channel.SendOutcome.Migrated;
import io.holdfast.channel.SendOutcome.Parked;
import io.holdfast.channel.SendOutcome.RetryAt;
import io.holdfast.channel.SendOutcome.Suppressed;
import io.holdfast.channel.SendOutcome.SuspendBot;
import io.holdfast.channel.SendOutcome.TooLate;
import io.holdfast.channel.SendOutcome.Uncertain;
import io.holdfast.kernel.BotId;
import io.holdfast.telegram.ApiAnswer.Answered;
import io.holdfast.telegram.ApiAnswer.Broken;
import io.holdfast.telegram.ApiAnswer.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendClassifierTest {
    private static final BotId BOT = new BotId(4711);

    /** Each row: what happened, the error code, Telegram's words, what it must be. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        formatting that Telegram cannot read     | 400 | Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 5 | CONTENT
        a tag that Telegram does not know        | 400 | Bad Request: can't parse entities: Unsupported start tag "x" at byte offset 0            | CONTENT
        formatting of a caption                  | 400 | Bad Request: can't parse caption entities: unexpected end                                 | CONTENT
        an entity outside of its text            | 400 | Bad Request: ENTITY_BOUNDS_INVALID                                                        | CONTENT
        a link that is none                      | 400 | Bad Request: ENTITY_TEXTURL_INVALID                                                       | CONTENT
        a text over the limit                    | 400 | Bad Request: message is too long                                                          | CONTENT
        a text over the limit, in Telegram's way | 400 | Bad Request: MESSAGE_TOO_LONG                                                             | CONTENT
        a caption over the limit                 | 400 | Bad Request: message caption is too long                                                  | CONTENT
        no text                                  | 400 | Bad Request: message text is empty                                                        | CONTENT
        no text in a call                        | 400 | Bad Request: text must be non-empty                                                       | CONTENT
        a topic that was deleted                 | 400 | Bad Request: message thread not found                                                     | CONTENT
        a topic that was deleted before          | 400 | Bad Request: TOPIC_DELETED                                                                | CONTENT
        a topic that was closed                  | 400 | Bad Request: TOPIC_CLOSED                                                                 | CONTENT
        a reply to a message that is gone        | 400 | Bad Request: message to be replied not found                                              | CONTENT
        a reply to nothing                       | 400 | Bad Request: reply message not found                                                      | CONTENT
        a button that carries too much           | 400 | Bad Request: BUTTON_DATA_INVALID                                                          | CONTENT
        an edit that changes nothing             | 400 | Bad Request: message is not modified: specified new message content is the same           | DELIVERED
        a chat that is not there                 | 400 | Bad Request: chat not found                                                               | RECIPIENT
        a chat the bot never met                 | 400 | Bad Request: PEER_ID_INVALID                                                              | RECIPIENT
        a user that is not there                 | 400 | Bad Request: user not found                                                               | RECIPIENT
        a group that was given up                | 400 | Bad Request: group chat was deactivated                                                   | RECIPIENT
        a channel that became private            | 400 | Bad Request: CHANNEL_PRIVATE                                                              | RECIPIENT
        a bot that may not write texts           | 400 | Bad Request: not enough rights to send text messages to the chat                          | RECIPIENT
        a bot that may not write                 | 400 | Bad Request: CHAT_WRITE_FORBIDDEN                                                         | RECIPIENT
        a bot that may not write at all          | 400 | Bad Request: have no rights to send a message                                             | RECIPIENT
        a bot that is no administrator           | 400 | Bad Request: need administrator rights in the channel chat                                | RECIPIENT
        a plain text that is not allowed         | 400 | Bad Request: CHAT_SEND_PLAIN_FORBIDDEN                                                    | RECIPIENT
        a user who blocked the bot               | 403 | Forbidden: bot was blocked by the user                                                    | RECIPIENT
        a group that threw the bot out           | 403 | Forbidden: bot was kicked from the group chat                                             | RECIPIENT
        a supergroup that threw the bot out      | 403 | Forbidden: bot was kicked from the supergroup chat                                        | RECIPIENT
        a user who deleted the account           | 403 | Forbidden: user is deactivated                                                            | RECIPIENT
        a user who never wrote to the bot        | 403 | Forbidden: bot can't initiate conversation with a user                                    | RECIPIENT
        a channel the bot is not in              | 403 | Forbidden: bot is not a member of the channel chat                                        | RECIPIENT
        another bot                              | 403 | Forbidden: bot can't send messages to bots                                                | RECIPIENT
        a group that is gone                     | 403 | Forbidden: the group chat was deleted                                                     | RECIPIENT
        403 that names another code              | 403 | Forbidden: retry after 401                                                                | RECIPIENT
        a token that was revoked                 | 401 | Unauthorized                                                                              | AUTH
        a token that never was                   | 401 | Unauthorized: invalid token specified                                                     | AUTH
        a token without its bot                  | 404 | Not Found                                                                                 | AUTH
        a method that the server does not have   | 404 | Not Found: method not found                                                               | PERMANENT
        two pollers                              | 409 | Conflict: terminated by other getUpdates request                                          | CONFLICT
        a poller beside a webhook                | 409 | Conflict: can't use getUpdates method while webhook is active                             | CONFLICT
        a wrong parameter                        | 400 | Bad Request: wrong parameter action in request                                            | PERMANENT
        an edit of a message that is gone        | 400 | Bad Request: message to edit not found                                                    | PERMANENT
        a message that may not be edited         | 400 | Bad Request: message can't be edited                                                      | PERMANENT
        a wait that names 401                    | 400 | Bad Request: retry after 401                                                              | PERMANENT
        a button pressed too long ago            | 400 | Bad Request: query is too old and response timeout expired or query ID is invalid         | PERMANENT
        a method of HTTP that is not allowed     | 405 | Method Not Allowed                                                                        | PERMANENT
        a body that is too large                 | 413 | Request Entity Too Large                                                                  | PERMANENT
        a refusal that nobody knows yet          | 418 | whatever comes next                                                                       | PERMANENT
        a server that restarts                   | 500 | Internal Server Error: restart                                                            | NOT_SENT
        a server that failed                     | 500 | Internal Server Error                                                                     | UNCERTAIN
        a server that failed after sending       | 500 | Internal Server Error: sent data                                                          | UNCERTAIN
        a gateway without a server               | 502 | Bad Gateway                                                                               | UNCERTAIN
        a server that is away                    | 503 | Service Unavailable                                                                       | UNCERTAIN
        a gateway that waited in vain            | 504 | Gateway Timeout                                                                           | UNCERTAIN
        """)
    void an_answer_is_classed_by_its_code_first(String fact, int code, String description, OutcomeClass expected) {
        String body = "{\"ok\":false,\"error_code\":%d,\"description\":\"%s\"}"
                .formatted(code, description.replace("\"", "\\\""));
        assertThat(send(answered(code, body)).outcomeClass()).isEqualTo(expected);
        assertThat(send(answered(200, body)).outcomeClass())
                .as("the code counts, not the HTTP status")
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        nothing at all                       | 200 | ~~                                                                   | UNCERTAIN
        a page to log in                     | 200 | <html>login</html>                                                   | UNCERTAIN
        half a JSON                          | 200 | {"ok":true,"result":{"message_id":5                                  | UNCERTAIN
        no word on ok                        | 200 | {"result":{}}                                                        | UNCERTAIN
        ok as a text                         | 200 | {"ok":"true"}                                                        | UNCERTAIN
        a list                               | 200 | []                                                                   | UNCERTAIN
        a code beyond 64 bits                | 200 | {"ok":false,"error_code":4010000000000000000000}                     | UNCERTAIN
        a page of a failing server           | 500 | <html>                                                               | UNCERTAIN
        a page of a gateway                  | 502 | <html>Bad Gateway</html>                                             | UNCERTAIN
        a server that is away, wordless      | 503 | ~~                                                                   | UNCERTAIN
        a gateway that gave up, wordless     | 504 | ~~                                                                   | UNCERTAIN
        ok under the status of a failure     | 502 | {"ok":true,"result":true}                                            | UNCERTAIN
        a redirect                           | 301 | ~~                                                                   | NOT_SENT
        a redirect to a page                 | 302 | <html>                                                               | NOT_SENT
        a proxy that does not understand     | 400 | <html>                                                               | NOT_SENT
        a proxy that wants a password        | 401 | <html>proxy</html>                                                   | NOT_SENT
        a proxy that blocks                  | 403 | <html>blocked</html>                                                 | NOT_SENT
        a proxy that finds nothing           | 404 | <html>                                                               | NOT_SENT
        a proxy that wants its own password  | 407 | ~~                                                                   | NOT_SENT
        a proxy that waited for the request  | 408 | ~~                                                                   | NOT_SENT
        a proxy to which it is too large     | 413 | <html>                                                               | PERMANENT
        a proxy that is asked too often      | 429 | <html>                                                               | RATE_LIMIT
        a refusal without a reason           | 200 | {"ok":false}                                                         | PERMANENT
        the status alone tells the code      | 401 | {"ok":false,"description":"Unauthorized"}                            | AUTH
        fields of unexpected types           | 400 | {"ok":false,"error_code":400,"description":7,"parameters":[]}        | PERMANENT
        a result that is only true           | 200 | {"ok":true,"result":true}                                            | DELIVERED
        no result                            | 200 | {"ok":true}                                                          | DELIVERED
        """)
    void an_answer_that_is_none_is_classed_by_who_must_have_spoken(
            String fact, int status, String body, OutcomeClass expected) {
        assertThat(send(answered(status, body)).outcomeClass()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "NOT_SENT, sendMessage, NOT_SENT",
        "NOT_SENT, editMessageText, NOT_SENT",
        "AFTER_FIRST_BYTE, sendMessage, UNCERTAIN",
        "AFTER_FIRST_BYTE, editMessageText, UNCERTAIN"
    })
    void a_call_without_an_answer_is_classed_by_how_far_it_got(Phase phase, String method, OutcomeClass expected) {
        for (boolean timeout : new boolean[] {true, false}) {
            assertThat(classify(call(method, 1), new Broken(phase, timeout, "why"))
                            .outcomeClass())
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        Forbidden: bot was blocked by the user                   | 403 | true
        Forbidden: bot was kicked from the supergroup chat       | 403 | true
        Forbidden: user is deactivated                           | 403 | true
        Forbidden: bot can't initiate conversation with a user   | 403 | true
        Forbidden: bot is not a member of the channel chat       | 403 | true
        Forbidden: the group chat was deleted                    | 403 | true
        Bad Request: chat not found                              | 400 | true
        Bad Request: PEER_ID_INVALID                             | 400 | true
        Forbidden: MESSAGE_DELETE_FORBIDDEN                      | 403 | false
        Forbidden: whatever comes next                           | 403 | false
        Bad Request: not enough rights to send text messages     | 400 | false
        Bad Request: CHAT_WRITE_FORBIDDEN                        | 400 | false
        """)
    void only_a_chat_that_is_gone_is_unreachable_as_a_whole(String description, int code, boolean wholeChat) {
        assertThat(send(refused(code, description))).isEqualTo(new Suppressed(code + " " + description, wholeChat));
    }

    @Test
    void text_whose_formatting_is_refused_is_sent_as_plain_text() {
        assertThat(amended("""
                        {"chat_id":7,"text":"*a","parse_mode":"MarkdownV2","entities":[]}""", "can't parse entities: x")).isEqualTo(List.of("{\"chat_id\":7,\"text\":\"*a\"}"));
    }

    @Test
    void text_that_is_too_long_is_sent_in_parts_with_its_buttons_under_the_last() {
        String text = "a".repeat(4000) + " " + "b".repeat(4000);
        List<String> parts =
                amended("{\"chat_id\":7,\"text\":\"%s\",\"reply_markup\":{}}".formatted(text), "message is too long");
        assertThat(parts).hasSize(2);
        assertThat(parts.getFirst()).contains("aaa").doesNotContain("bbb", "reply_markup");
        assertThat(parts.getLast()).contains("bbb", "reply_markup").doesNotContain("aaa");
    }

    @Test
    void a_message_to_a_thread_that_is_gone_is_sent_outside_of_it() {
        assertThat(amended("{\"chat_id\":7,\"message_thread_id\":3,\"text\":\"a\"}", "message thread not found"))
                .isEqualTo(List.of("{\"chat_id\":7,\"text\":\"a\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"can't parse entities: x", "message is too long", "message thread not found"})
    void what_has_no_other_form_is_parked(String refusal) {
        for (String payload : List.of("{\"chat_id\":7,\"text\":\"a\"}", "[]", "{", "")) {
            assertThat(classify(
                            new OutboundCall(BOT, "sendMessage", payload.getBytes(StandardCharsets.UTF_8), 1),
                            refused(400, "Bad Request: " + refusal)))
                    .isEqualTo(new Parked(OutcomeClass.CONTENT, "400 Bad Request: " + refusal));
        }
    }

    @Test
    void the_answer_to_a_button_of_long_ago_is_too_late_and_no_failure() {
        assertThat(classify(
                        call("answerCallbackQuery", 1),
                        refused(400, "Bad Request: query is too old and response timeout expired")))
                .isInstanceOf(TooLate.class);
    }

    @Test
    void a_migrated_chat_gives_the_call_its_new_id() {
        Answered answer = answered(400, """
                {"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat",
                 "parameters":{"migrate_to_chat_id":-1001234567890123}}""");
        assertThat(send(answer)).isInstanceOfSatisfying(Migrated.class, migrated -> {
            assertThat(migrated.toChat()).isEqualTo(-1001234567890123L);
            assertThat(new String(migrated.payload(), StandardCharsets.UTF_8))
                    .isEqualTo("{\"chat_id\":-1001234567890123,\"text\":\"a\"}");
        });
        assertThat(classify(new OutboundCall(BOT, "getMe", new byte[0], 1), answer))
                .isEqualTo(new Parked(OutcomeClass.MIGRATED, "the chat is now -1001234567890123"));
    }

    @Test
    void what_was_delivered_has_its_message_id() {
        assertThat(send(answered(
                        200, "{\"ok\":true,\"result\":{\"chat\":{\"message_id\":1},\"message_id\":9007199254740993}}")))
                .isEqualTo(new Delivered(9007199254740993L));
        assertThat(send(answered(200, "{\"ok\":true,\"result\":[{\"message_id\":5},{\"message_id\":6}]}")))
                .isEqualTo(new Delivered(5L));
        assertThat(send(answered(200, "{\"ok\":true,\"result\":true}"))).isEqualTo(new Delivered(null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            nullValues = "-",
            value = {
                "7|,\"parameters\":{\"retry_after\":7}|-|7",
                "401|,\"parameters\":{\"retry_after\":401}|-|401",
                "401|~~|-|401",
                "none|~~|12|12",
                "none|~~|-|5",
                "3|,\"parameters\":{\"retry_after\":3}|99|3",
                "x|,\"parameters\":{\"retry_after\":-3}|-|5",
                "x|,\"parameters\":{\"retry_after\":99999999999}|-|86400",
                "x|,\"parameters\":{\"retry_after\":7200}|-|7200",
            })
    void a_rate_limit_waits_as_told_and_a_little_more(
            String text, String parameters, @Nullable Integer header, long seconds) {
        String body = "{\"ok\":false,\"error_code\":429,\"description\":\"Too Many Requests: retry after %s\"%s}"
                .formatted(text, parameters);
        assertThat(send(new Answered(429, body.getBytes(StandardCharsets.UTF_8), header)))
                .isInstanceOfSatisfying(RetryAt.class, retry -> {
                    assertThat(retry.outcomeClass()).isEqualTo(OutcomeClass.RATE_LIMIT);
                    assertThat(retry.costsAttempt()).isFalse();
                    assertThat(retry.after())
                            .isBetween(
                                    Duration.ofMillis(seconds * 1000 + 200), Duration.ofMillis(seconds * 1000 + 1000));
                });
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,4", "4,8", "8,128", "9,256", "10,300", "70,300", "2147483647,300", "0,1"})
    void what_was_not_sent_is_tried_again_after_a_wait_that_doubles(int attempt, long seconds) {
        assertThat(classify(call("sendMessage", attempt), new Broken(Phase.NOT_SENT, true, "why")))
                .isInstanceOfSatisfying(RetryAt.class, retry -> {
                    assertThat(retry.outcomeClass()).isEqualTo(OutcomeClass.NOT_SENT);
                    assertThat(retry.costsAttempt()).isTrue();
                    assertThat(retry.after())
                            .isBetween(Duration.ofMillis(seconds * 800), Duration.ofMillis(seconds * 1200));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "editMessageText",
                "deleteMessage",
                "answerCallbackQuery",
                "setMyCommands",
                "sendChatAction",
                "sendMessageDraft",
                "sendRichMessageDraft",
                "getMe"
            })
    void a_repeatable_method_is_never_uncertain(String method) {
        Broken broken = new Broken(Phase.AFTER_FIRST_BYTE, false, "why");
        assertThat(classify(call(method, 2), broken)).isInstanceOfSatisfying(RetryAt.class, retry -> {
            assertThat(retry.outcomeClass()).isEqualTo(OutcomeClass.UNCERTAIN);
            assertThat(retry.after()).isBetween(Duration.ofMillis(1600), Duration.ofMillis(2400));
        });
        assertThat(classify(call(method, 1), answered(502, ""))).isInstanceOf(RetryAt.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sendMessage", "sendPhoto", "sendMediaGroup", "forwardMessage", "copyMessage", "sendInvoice"})
    void a_send_whose_answer_never_came_whole_is_uncertain(String method) {
        assertThat(classify(call(method, 1), new Broken(Phase.AFTER_FIRST_BYTE, true, "why")))
                .isEqualTo(new Uncertain("why"));
    }

    @Test
    void each_refusal_becomes_its_own_kind_of_value() {
        assertThat(send(refused(401, "Unauthorized"))).isEqualTo(new SuspendBot("401 Unauthorized"));
        assertThat(send(refused(500, "restart"))).isInstanceOf(RetryAt.class);
        assertThat(send(refused(500, "x"))).isInstanceOf(Uncertain.class);
        assertThat(send(refused(400, "x".repeat(1000))))
                .isEqualTo(new Parked(OutcomeClass.PERMANENT, "400 " + "x".repeat(300)));
    }

    private static SendOutcome send(ApiAnswer answer) {
        return classify(call("sendMessage", 1), answer);
    }

    private static SendOutcome classify(OutboundCall call, ApiAnswer answer) {
        return SendClassifier.classify(call, answer, new Random(1));
    }

    private static OutboundCall call(String method, int attempt) {
        return new OutboundCall(
                BOT, method, "{\"chat_id\":7,\"text\":\"a\"}".getBytes(StandardCharsets.UTF_8), attempt);
    }

    private static List<String> amended(String payload, String refusal) {
        SendOutcome outcome = classify(
                new OutboundCall(BOT, "sendMessage", payload.strip().getBytes(StandardCharsets.UTF_8), 1),
                refused(400, "Bad Request: " + refusal));
        assertThat(outcome).isInstanceOf(Amended.class);
        return ((Amended) outcome)
                .payloads().stream()
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .toList();
    }

    private static Answered refused(int code, String description) {
        return answered(code, "{\"ok\":false,\"error_code\":%d,\"description\":\"%s\"}".formatted(code, description));
    }

    private static Answered answered(int status, String body) {
        return new Answered(status, body.getBytes(StandardCharsets.UTF_8), null);
    }
}
