package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.channel.BotToken;
import io.holdfast.channel.MessageFormat;
import io.holdfast.channel.OutboundMessage;
import io.holdfast.channel.TextForm;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.Simulator;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.telegram.ApiAnswer.Answered;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What we write, sent to the simulator, which trims and checks as Telegram does. */
class TelegramTextTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void the_simulator_takes_every_text_and_entity_as_it_was_sent() throws Exception {
        try (Simulator simulator =
                Simulator.start(SimulatorConfig.defaults().withPort(0).withRateLimits(false))) {
            SimBot bot = simulator.createBot("text_bot", "Text");
            SimChat chat = simulator.privateChat(bot, "Ann");
            BotToken token = BotToken.parse(bot.token()).orElseThrow();
            TelegramCalls calls =
                    TestCalls.calls(TestCalls.config(simulator.url().toString()));
            RandomMarkdown random = new RandomMarkdown(new Random(11));
            int files = 0;
            for (int i = 0; i < 200; i++) {
                for (MessageFormat.Call call : messages(chat.id(), random.text())) {
                    JsonNode result = result(calls.call(token, call.method(), call.payload()));
                    JsonNode sent = JSON.readTree(call.payload());
                    // It trims indentation of code at the front, and makes spaces of tabs.
                    assertThat(result.path("text").asText())
                            .isEqualTo(sent.path("text")
                                    .asText()
                                    .replace('\t', ' ')
                                    .stripLeading());
                    assertThat(result.path("entities")).hasSameSizeAs(sent.path("entities"));
                    assertThat(result.at("/document/file_name")).isEqualTo(sent.at("/document/file_name"));
                    files += call.method().equals("sendDocument") ? 1 : 0;
                }
            }
            calls.close();
            assertThat(files).isPositive();
        }
    }

    private static List<MessageFormat.Call> messages(long chat, String source) {
        return new TelegramFormat().message(new OutboundMessage(chat, null, source, TextForm.MARKDOWN, List.of()));
    }

    private static JsonNode result(ApiAnswer answer) throws IOException {
        assertThat(answer).isInstanceOf(Answered.class);
        JsonNode body = JSON.readTree(((Answered) answer).body());
        assertThat(body.get("ok").asBoolean()).as(body.toString()).isTrue();
        return body.get("result");
    }
}
