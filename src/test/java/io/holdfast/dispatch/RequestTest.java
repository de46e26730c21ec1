package io.holdfast.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.kernel.BotId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestTest {

    private static InboundUpdate update(
            String kind, String chatType, @Nullable String text, @Nullable String data, boolean bot) {
        return new InboundUpdate(
                new BotId(1),
                "telegram",
                "1",
                kind,
                "chat:5",
                null,
                new InboundUpdate.Chat(5, chatType, null),
                new InboundUpdate.User(7, bot, null, "Ann", "en"),
                1L,
                null,
                text,
                List.of(),
                data == null ? null : "c1",
                data,
                Instant.MAX);
    }

    private static Request of(String chatType, String text) {
        return Request.of(update("message", chatType, text, null, false), "tea_bot");
    }

    @Test
    void a_command_is_split_into_name_and_arguments() {
        assertThat(of("private", "/echo hello world")).isEqualTo(new Request.Command("echo", "hello world"));
        assertThat(of("private", "/echo\nhello")).isEqualTo(new Request.Command("echo", "hello"));
        assertThat(of("private", "/help")).isEqualTo(new Request.Command("help", ""));
    }

    @Test
    void a_command_for_this_bot_is_its_own_and_one_for_another_is_not() {
        assertThat(of("group", "/echo@Tea_Bot hi")).isEqualTo(new Request.Command("echo", "hi"));
        assertThat(of("group", "/echo@other_bot hi")).isInstanceOf(Request.None.class);
    }

    @Test
    void lookalikes_and_marks_of_direction_in_a_name_are_folded() {
        assertThat(of("private", "/\uff45cho hi")).isEqualTo(new Request.Command("echo", "hi"));
        assertThat(of("private", "/ec\u200eho hi")).isEqualTo(new Request.Command("echo", "hi"));
    }

    @Test
    void talk_is_free_text_in_private_and_nothing_in_a_group() {
        assertThat(of("private", "good morning")).isEqualTo(new Request.FreeText());
        assertThat(of("supergroup", "good morning")).isInstanceOf(Request.None.class);
    }

    @Test
    void a_pressed_button_is_the_command_it_carries() {
        assertThat(Request.of(update("callback_query", "private", null, "/status", false), "tea_bot"))
                .isEqualTo(new Request.Command("status", ""));
    }

    @Test
    void another_bot_an_edit_and_an_unknown_kind_ask_nothing() {
        assertThat(Request.of(update("message", "private", "/echo x", null, true), "tea_bot"))
                .isInstanceOf(Request.None.class);
        assertThat(Request.of(update("edited_message", "private", "/echo x", null, false), "tea_bot"))
                .isInstanceOf(Request.None.class);
        assertThat(Request.of(update("future_kind", "private", null, null, false), "tea_bot"))
                .isInstanceOf(Request.None.class);
    }

    @Test
    void control_characters_and_broken_surrogates_vanish_and_the_rest_is_composed() {
        assertThat(Hygiene.text("a\u0000b\ud800c\u0007")).isEqualTo("abc");
        assertThat(Hygiene.text("e\u0301")).isEqualTo("é");
        assertThat(Hygiene.text("x".repeat(5000))).hasSize(4096);
        assertThat(Hygiene.text("x".repeat(4095) + "😀")).hasSize(4095);
    }
}
