package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.channel.MessageFormat;
import io.holdfast.channel.OutboundMessage;
import io.holdfast.channel.OutboundMessage.Button;
import io.holdfast.channel.TextForm;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelegramFormatTest {
    private final TelegramFormat format = new TelegramFormat();

    @Test
    void a_message_names_chat_thread_text_and_buttons() throws Exception {
        MessageFormat.Call call = format.message(
                        new OutboundMessage(-100L, 7L, "hi *you*", List.of(List.of(new Button("Help", "/help")))))
                .getFirst();
        assertThat(call.method()).isEqualTo("sendMessage");
        JsonNode parameters = json(call);
        assertThat(parameters.get("chat_id").asLong()).isEqualTo(-100);
        assertThat(parameters.get("message_thread_id").asLong()).isEqualTo(7);
        assertThat(parameters.get("text").asText()).isEqualTo("hi *you*");
        assertThat(parameters.has("entities")).isFalse();
        assertThat(parameters
                        .at("/reply_markup/inline_keyboard/0/0/callback_data")
                        .asText())
                .isEqualTo("/help");
    }

    @Test
    void markdown_goes_out_as_entities_and_without_a_parse_mode() throws Exception {
        JsonNode parameters =
                json(markdown("**a** [b](https://c.org)\n```java\nd\n```").getFirst());
        assertThat(parameters.toString()).isEqualTo("""
                {"chat_id":1,"text":"a b\\n\\nd","entities":[{"type":"bold","offset":0,"length":1},\
                {"type":"text_link","offset":2,"length":1,"url":"https://c.org"},\
                {"type":"pre","offset":5,"length":1,"language":"java"}]}""");
    }

    @Test
    void beyond_five_parts_there_is_the_beginning_and_a_file_with_the_whole_and_the_buttons() throws Exception {
        String text = "one word 😀 ".repeat(2000);
        List<MessageFormat.Call> calls =
                format.message(new OutboundMessage(1L, 2L, text, List.of(List.of(new Button("B", "/b")))));
        assertThat(calls).extracting(MessageFormat.Call::method).containsExactly("sendMessage", "sendDocument");
        String beginning = json(calls.getFirst()).get("text").asText();
        assertThat(beginning).hasSizeBetween(4000, 4096).endsWith("\n\n… The whole text is in the file.");
        assertThat(text)
                .startsWith(beginning.substring(0, beginning.indexOf('…')).strip());
        JsonNode document = json(calls.getLast());
        assertThat(document.at("/document/file_name").asText()).isEqualTo("answer.txt");
        assertThat(document.at("/document/text").asText()).isEqualTo(text);
        assertThat(document.get("message_thread_id").asLong()).isEqualTo(2);
        assertThat(document.has("reply_markup")).isTrue();
        assertThat(json(calls.getFirst()).has("reply_markup")).isFalse();
    }

    @Test
    void the_file_of_markdown_is_its_source() throws Exception {
        String source = "**bold** and _more_\n\n".repeat(1500);
        List<MessageFormat.Call> calls = markdown(source);
        assertThat(json(calls.getFirst()).get("entities")).hasSizeBetween(1, 100);
        assertThat(json(calls.getLast()).at("/document/file_name").asText()).isEqualTo("answer.md");
        assertThat(json(calls.getLast()).at("/document/text").asText()).isEqualTo(source);
    }

    @Test
    void five_parts_are_still_messages() {
        assertThat(format.message(new OutboundMessage(1L, null, "x".repeat(5 * 4096), List.of())))
                .hasSize(5)
                .allMatch(call -> call.method().equals("sendMessage"));
    }

    @Test
    void a_text_that_shows_nothing_is_not_sent() {
        assertThat(markdown(" \n\u200B\n")).isEmpty();
        assertThat(format.message(new OutboundMessage(1L, null, "\n", List.of(List.of(new Button("B", "/b"))))))
                .isEmpty();
    }

    @Test
    void a_button_whose_command_telegram_would_refuse_is_a_clear_error() {
        OutboundMessage message =
                new OutboundMessage(1L, null, "x", List.of(List.of(new Button("B", "/" + "é".repeat(40)))));
        assertThatThrownBy(() -> format.message(message)).hasMessageContaining("64 bytes");
    }

    private List<MessageFormat.Call> markdown(String source) {
        return format.message(new OutboundMessage(1L, null, source, TextForm.MARKDOWN, List.of()));
    }

    private static JsonNode json(MessageFormat.Call call) throws IOException {
        return new ObjectMapper().readTree(call.payload());
    }
}
