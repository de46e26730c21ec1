package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TelegramEditTargetTest {

    private static @Nullable String target(String method, String payload) {
        return new TelegramEditTarget().of(method, payload.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void two_edits_of_a_message_change_the_same_thing_whatever_they_say() {
        assertThat(target("editMessageText", "{\"chat_id\":1,\"message_id\":2,\"text\":\"a\"}"))
                .isNotNull()
                .isEqualTo(target("editMessageText", "{\"text\":\"b\",\"message_id\":2,\"chat_id\":1}"));
    }

    @Test
    void another_message_chat_draft_or_kind_of_edit_is_another_thing() {
        assertThat(target("editMessageText", "{\"chat_id\":1,\"message_id\":2}"))
                .isNotEqualTo(target("editMessageText", "{\"chat_id\":1,\"message_id\":3}"))
                .isNotEqualTo(target("editMessageText", "{\"chat_id\":2,\"message_id\":2}"))
                .isNotEqualTo(target("editMessageCaption", "{\"chat_id\":1,\"message_id\":2}"));
        assertThat(target("sendMessageDraft", "{\"chat_id\":1,\"draft_id\":2}"))
                .isNotEqualTo(target("sendMessageDraft", "{\"chat_id\":1,\"draft_id\":3}"));
    }

    @Test
    void a_new_message_replaces_nothing_nor_does_what_cannot_be_read() {
        assertThat(target("sendMessage", "{\"chat_id\":1}")).isNull();
        assertThat(target("editMessageText", "{\"chat_id\":")).isNull();
    }
}
