package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.channel.MessageFormat;
import io.holdfast.channel.OutboundMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelegramFormatTest {
    private final TelegramFormat format = new TelegramFormat();

    @Test
    void a_message_names_chat_thread_text_and_buttons() throws Exception {
        MessageFormat.Call call = format.message(new OutboundMessage(
                        -100L, 7L, "hi", List.of(List.of(new OutboundMessage.Button("Help", "/help")))))
                .getFirst();
        assertThat(call.method()).isEqualTo("sendMessage");
        JsonNode parameters = new ObjectMapper().readTree(call.payload());
        assertThat(parameters.get("chat_id").asLong()).isEqualTo(-100);
        assertThat(parameters.get("message_thread_id").asLong()).isEqualTo(7);
        assertThat(parameters
                        .at("/reply_markup/inline_keyboard/0/0/callback_data")
                        .asText())
                .isEqualTo("/help");
    }

    @Test
    void a_long_text_is_cut_at_a_space_and_loses_nothing() {
        String text = "word ".repeat(2000);
        List<String> parts = TelegramFormat.parts(text);
        assertThat(parts).hasSize(3).allMatch(part -> part.length() <= 4096);
        assertThat(String.join("", parts)).isEqualTo(text);
    }

    @Test
    void an_emoji_is_never_cut() {
        String text = "x" + "😀".repeat(4096);
        List<String> parts = TelegramFormat.parts(text);
        assertThat(parts).allMatch(part -> !Character.isHighSurrogate(part.charAt(part.length() - 1)));
        assertThat(String.join("", parts)).isEqualTo(text);
    }

    @Test
    void a_part_of_white_space_alone_is_not_sent() {
        assertThat(TelegramFormat.parts("x".repeat(4096) + "\n\n")).containsExactly("x".repeat(4096));
    }

    @Test
    void a_button_whose_command_telegram_would_refuse_is_a_clear_error() {
        OutboundMessage message = new OutboundMessage(
                1L, null, "x", List.of(List.of(new OutboundMessage.Button("B", "/" + "é".repeat(40)))));
        assertThatThrownBy(() -> format.message(message)).hasMessageContaining("64 bytes");
    }
}
