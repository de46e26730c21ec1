package io.holdfast.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void a_cursor_leads_back_to_its_position() {
        assertThat(Cursor.position("bots", Cursor.of("bots", 4711))).hasValue(4711);
    }

    @Test
    void a_cursor_of_another_list_is_none() {
        assertThat(Cursor.position("messages:1", Cursor.of("messages:12", 4711)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!!", "bots:1", "Ym90czo", "Ym90czotMQ", "Ym90czo5OTk5OTk5OTk5OTk5OTk5OTk5"})
    void what_was_not_given_out_is_none(String cursor) {
        assertThat(Cursor.position("bots", cursor)).isEmpty();
    }
}
