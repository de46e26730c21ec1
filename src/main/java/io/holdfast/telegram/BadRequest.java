package io.holdfast.telegram;

import java.util.List;

/** The meanings of error code 400, which Telegram tells apart by text alone. */
enum BadRequest {
    /** The message cannot be taken as it is. */
    CONTENT(List.of(
            "can't parse entities",
            "can't parse message text",
            "entity_",
            "entities_too_long",
            "message is too long",
            "message_too_long",
            "caption is too long",
            "text is too long",
            "text must be non-empty",
            "message text is empty",
            "message thread not found",
            "topic_deleted",
            "topic_closed",
            "message to be replied not found",
            "reply message not found",
            "reply_message_id_invalid",
            "button_data_invalid")),
    /** The chat or user is not there for this bot. */
    RECIPIENT(List.of(
            "chat not found",
            "user not found",
            "user is deactivated",
            "group chat was deactivated",
            "peer_id_invalid",
            "user_is_blocked",
            "bot was blocked",
            "bot was kicked",
            "have no rights to send",
            "not enough rights to send",
            "chat_write_forbidden")),
    OTHER(List.of());

    @SuppressWarnings("ImmutableEnumChecker") // only List.of makes it
    private final List<String> texts;

    BadRequest(List<String> texts) {
        this.texts = texts;
    }

    /** {@code description} in lower case. */
    static BadRequest of(String description) {
        for (BadRequest meaning : values()) {
            if (meaning.texts.stream().anyMatch(description::contains)) {
                return meaning;
            }
        }
        return OTHER;
    }
}
