package io.holdfast.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.holdfast.kernel.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArgumentParserTest {
    enum Size {
        SMALL,
        LARGE
    }

    record Order(String item, int amount, Size size, Optional<String> note) {}

    record Reminder(Duration after, String text) {}

    record Unparsable(Thread thread) {}

    private static Record parsed(Class<? extends Record> type, String text) {
        return switch (ArgumentParser.parse(type, text)) {
            case ArgumentParser.Parsed.Arguments arguments -> arguments.args();
            case ArgumentParser.Parsed.Wrong wrong -> throw new AssertionError(wrong.text());
        };
    }

    private static String wrong(Class<? extends Record> type, String text) {
        return switch (ArgumentParser.parse(type, text)) {
            case ArgumentParser.Parsed.Arguments arguments -> throw new AssertionError(arguments.args());
            case ArgumentParser.Parsed.Wrong wrong -> wrong.text();
        };
    }

    @Test
    void arguments_are_taken_in_order() {
        assertThat(parsed(Order.class, "tea 3 small")).isEqualTo(new Order("tea", 3, Size.SMALL, Optional.empty()));
    }

    @Test
    void arguments_are_taken_by_name_in_any_order() {
        assertThat(parsed(Order.class, "size=large amount=2 item=tea note=\"no sugar\""))
                .isEqualTo(new Order("tea", 2, Size.LARGE, Optional.of("no sugar")));
    }

    @Test
    void named_and_ordered_arguments_mix() {
        assertThat(parsed(Order.class, "amount=2 tea small"))
                .isEqualTo(new Order("tea", 2, Size.SMALL, Optional.empty()));
    }

    @Test
    void quotes_keep_words_together_also_typographic_ones() {
        assertThat(parsed(Order.class, "\"green tea\" 1 small"))
                .extracting("item")
                .isEqualTo("green tea");
        assertThat(parsed(Order.class, "“green tea” 1 small"))
                .extracting("item")
                .isEqualTo("green tea");
    }

    @Test
    void a_last_text_takes_the_rest_of_the_line_as_it_stands() {
        assertThat(parsed(Reminder.class, "1h30m drink  \"tea\" now"))
                .isEqualTo(new Reminder(Duration.ofMinutes(90), "drink  \"tea\" now"));
    }

    @Test
    void a_missing_argument_is_named_with_what_it_should_be() {
        assertThat(wrong(Order.class, "tea")).isEqualTo("amount is missing: a whole number.");
        assertThat(wrong(Reminder.class, "")).contains("after is missing").contains("1h30m");
    }

    @Test
    void a_wrong_argument_is_named_with_what_it_should_be_and_not_quoted() {
        assertThat(wrong(Order.class, "tea many small")).isEqualTo("amount should be a whole number.");
        assertThat(wrong(Order.class, "tea 1 huge")).isEqualTo("size should be one of small, large.");
        assertThat(wrong(Reminder.class, "soon tea")).startsWith("after should be a time");
    }

    @Test
    void a_record_that_no_text_can_become_is_refused_at_start() {
        assertThatThrownBy(() -> ArgumentParser.check(Unparsable.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("thread");
    }

    @Test
    void no_line_however_strange_throws() {
        Random random = new Random(20261121);
        String alphabet = "aé 0123456789\"“”„=/\n\t\\ud83d\ude00\u0000\u202ehdms-.,item=";
        for (int i = 0; i < 100_000; i++) {
            StringBuilder line = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                line.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            for (Class<? extends Record> type : List.of(Order.class, Reminder.class)) {
                assertThat(ArgumentParser.parse(type, line.toString())).isNotNull();
            }
        }
    }
}
