package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.channel.OutcomeClass;
import io.holdfast.channel.SendOutcome;
import io.holdfast.channel.SendOutcome.Delivered;
import io.holdfast.channel.SendOutcome.Parked;
import io.holdfast.channel.SendOutcome.RetryAt;
import io.holdfast.channel.SendOutcome.Suppressed;
import io.holdfast.channel.SendOutcome.SuspendBot;
import io.holdfast.channel.SendOutcome.Uncertain;
import io.holdfast.telegram.ApiAnswer.Answered;
import io.holdfast.telegram.ApiAnswer.Broken;
import io.holdfast.telegram.ApiAnswer.Phase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SendClassifierTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400|Bad Request: can't parse entities: Can't find end of the entity starting at byte offset 5|CONTENT",
                "400|Bad Request: can't parse entities: Unsupported start tag \"x\"|CONTENT",
                "400|Bad Request: message is too long|CONTENT",
                "400|Bad Request: message caption is too long|CONTENT",
                "400|Bad Request: message text is empty|CONTENT",
                "400|Bad Request: text must be non-empty|CONTENT",
                "400|Bad Request: message thread not found|CONTENT",
                "400|Bad Request: TOPIC_DELETED|CONTENT",
                "400|Bad Request: TOPIC_CLOSED|CONTENT",
                "400|Bad Request: message to be replied not found|CONTENT",
                "400|Bad Request: BUTTON_DATA_INVALID|CONTENT",
                "400|Bad Request: message is not modified: specified new message content is the same|DELIVERED",
                "400|Bad Request: chat not found|RECIPIENT",
                "400|Bad Request: PEER_ID_INVALID|RECIPIENT",
                "400|Bad Request: user not found|RECIPIENT",
                "400|Bad Request: not enough rights to send text messages to the chat|RECIPIENT",
                "400|Bad Request: group chat was deactivated|RECIPIENT",
                "403|Forbidden: bot was blocked by the user|RECIPIENT",
                "403|Forbidden: bot was kicked from the supergroup chat|RECIPIENT",
                "403|Forbidden: user is deactivated|RECIPIENT",
                "403|Forbidden: bot can't initiate conversation with a user|RECIPIENT",
                "403|Forbidden: retry after 401|RECIPIENT",
                "401|Unauthorized|AUTH",
                "401|Unauthorized: invalid token specified|AUTH",
                "404|Not Found|AUTH",
                "404|Not Found: method not found|PERMANENT",
                "409|Conflict: terminated by other getUpdates request|CONFLICT",
                "400|Bad Request: wrong parameter action in request|PERMANENT",
                "400|Bad Request: message to edit not found|PERMANENT",
                "400|Bad Request: retry after 401|PERMANENT",
                "400|Bad Request: query is too old and response timeout expired or query ID is invalid|PERMANENT",
                "405|Method Not Allowed|PERMANENT",
                "413|Request Entity Too Large|PERMANENT",
                "418|whatever comes next|PERMANENT",
                "500|Internal Server Error: restart|NOT_SENT",
                "500|Internal Server Error|UNCERTAIN",
                "500|Internal Server Error: sent data|UNCERTAIN",
                "502|Bad Gateway|UNCERTAIN",
                "503|Service Unavailable|UNCERTAIN",
                "504|Gateway Timeout|UNCERTAIN",
            })
    void an_answer_is_classed_by_its_code_first(int code, String description, OutcomeClass expected) {
        String body = "{\"ok\":false,\"error_code\":%d,\"description\":\"%s\"}"
                .formatted(code, description.replace("\"", "\\\""));
        assertThat(send(answered(code, body)).outcomeClass()).isEqualTo(expected);
        assertThat(send(answered(200, body)).outcomeClass())
                .as("the code counts, not the HTTP status")
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "200|~~|UNCERTAIN",
                "200|<html>login</html>|UNCERTAIN",
                "200|{\"ok\":true,\"result\":{\"message_id\":5|UNCERTAIN",
                "200|{\"result\":{}}|UNCERTAIN",
                "200|{\"ok\":\"true\"}|UNCERTAIN",
                "200|[]|UNCERTAIN",
                "500|<html>|UNCERTAIN",
                "502|<html>Bad Gateway</html>|UNCERTAIN",
                "503|~~|UNCERTAIN",
                "504|~~|UNCERTAIN",
                "502|{\"ok\":true,\"result\":true}|UNCERTAIN",
                "301|~~|NOT_SENT",
                "302|<html>|NOT_SENT",
                "400|<html>|NOT_SENT",
                "401|<html>proxy</html>|NOT_SENT",
                "403|<html>blocked</html>|NOT_SENT",
                "404|<html>|NOT_SENT",
                "408|~~|NOT_SENT",
                "413|<html>|PERMANENT",
                "429|<html>|RATE_LIMIT",
                "200|{\"ok\":false}|PERMANENT",
                "200|{\"ok\":false,\"error_code\":4010000000000000000000}|UNCERTAIN",
                "401|{\"ok\":false,\"description\":\"Unauthorized\"}|AUTH",
                "400|{\"ok\":false,\"error_code\":400,\"description\":7,\"parameters\":[]}|PERMANENT",
                "200|{\"ok\":true,\"result\":true}|DELIVERED",
                "200|{\"ok\":true}|DELIVERED",
            })
    void an_answer_that_is_none_is_classed_by_who_must_have_spoken(int status, String body, OutcomeClass expected) {
        assertThat(send(answered(status, body)).outcomeClass()).isEqualTo(expected);
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

    @Test
    void a_migrated_chat_tells_its_new_id() {
        assertThat(send(answered(400, """
                        {"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded to a supergroup chat",
                         "parameters":{"migrate_to_chat_id":-1001234567890123}}""")))
                .isEqualTo(new Parked(OutcomeClass.MIGRATED, "the chat is now -1001234567890123"));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,4", "4,8", "8,128", "9,256", "10,300", "70,300", "2147483647,300", "0,1"})
    void what_was_not_sent_is_tried_again_after_a_wait_that_doubles(int attempt, long seconds) {
        assertThat(SendClassifier.classify(
                        "sendMessage", new Broken(Phase.NOT_SENT, true, "why"), attempt, new Random(1)))
                .isEqualTo(new RetryAt(OutcomeClass.NOT_SENT, Duration.ofSeconds(seconds), true, "why"));
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
        assertThat(SendClassifier.classify(method, broken, 2, new Random(1)))
                .isEqualTo(new RetryAt(OutcomeClass.UNCERTAIN, Duration.ofSeconds(2), true, "why"));
        assertThat(SendClassifier.classify(method, answered(502, ""), 1, new Random(1)))
                .isInstanceOf(RetryAt.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sendMessage", "sendPhoto", "sendMediaGroup", "forwardMessage", "copyMessage", "sendInvoice"})
    void a_send_whose_answer_never_came_whole_is_uncertain(String method) {
        assertThat(SendClassifier.classify(method, new Broken(Phase.AFTER_FIRST_BYTE, true, "why"), 1, new Random(1)))
                .isEqualTo(new Uncertain("why"));
    }

    @Test
    void each_refusal_becomes_its_own_kind_of_value() {
        assertThat(send(refused(401, "Unauthorized"))).isEqualTo(new SuspendBot("401 Unauthorized"));
        assertThat(send(refused(403, "Forbidden: x"))).isEqualTo(new Suppressed("403 Forbidden: x"));
        assertThat(send(refused(500, "restart"))).isInstanceOf(RetryAt.class);
        assertThat(send(refused(500, "x"))).isInstanceOf(Uncertain.class);
        assertThat(send(refused(400, "x".repeat(1000))))
                .isEqualTo(new Parked(OutcomeClass.PERMANENT, "400 " + "x".repeat(300)));
    }

    private static SendOutcome send(ApiAnswer answer) {
        return SendClassifier.classify("sendMessage", answer, 1, new Random(1));
    }

    private static Answered refused(int code, String description) {
        return answered(code, "{\"ok\":false,\"error_code\":%d,\"description\":\"%s\"}".formatted(code, description));
    }

    private static Answered answered(int status, String body) {
        return new Answered(status, body.getBytes(StandardCharsets.UTF_8), null);
    }
}
