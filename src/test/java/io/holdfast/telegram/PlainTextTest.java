package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

    @Test
    void formatting_goes_and_all_else_stays() {
        assertThat(plain("""
                {"chat_id":-1001234567890123,"text":"a*b 😀","entities":[{"type":"bold","offset":0,"length":1}],\
                "parse_mode":"HTML","caption_entities":[],"reply_markup":{"inline_keyboard":[]}}""")).contains("""
                        {"chat_id":-1001234567890123,"text":"a*b \\uD83D\\uDE00","reply_markup":{"inline_keyboard":[]}}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"chat_id\":1,\"text\":\"a\"}", "[]", "", "{", "7"})
    void where_nothing_is_formatted_there_is_no_second_form(String parameters) {
        assertThat(plain(parameters)).isEmpty();
    }

    private static Optional<String> plain(String parameters) {
        return PlainText.of(parameters.getBytes(StandardCharsets.UTF_8))
                .map(json -> new String(json, StandardCharsets.UTF_8));
    }
}
