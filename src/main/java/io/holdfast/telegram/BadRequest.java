package io.holdfast.telegram;

import java.util.List;

/** The meanings of error codes 400 and 403, which Telegram tells apart by text alone; the first that matches counts. */
enum BadRequest {
    /** An edit that changes nothing: the message is as it should be. */
    NOT_MODIFIED(List.of("message is not modified", "message_not_modified")),
    /** A button that was pressed too long ago. */
    LATE(List.of("query is too old", "query_id_invalid")),
    /** The formatting cannot be taken; the text could. */
    FORMATTING(List.of(
            "can't parse entities", "can't parse message text", "can't parse caption", "entity_", "entities_too_long")),
    /** The text is longer than a message may be. */
    LENGTH(List.of("message is too long", "message_too_long", "caption is too long", "text is too long")),
    /** The topic of the group is gone; the group is not. */
    THREAD(List.of("message thread not found", "topic_deleted", "topic_id_invalid")),
    /** The message cannot be taken as it is, and we know no other form. */
    CONTENT(List.of(
            "text must be non-empty",
            "message text is empty",
            "message_empty",
            "topic_closed",
            "message to be replied not found",
            "reply message not found",
            "reply_message_id_invalid",
            "button_data_invalid",
            "button_url_invalid",
            "reply_markup_too_long",
            "wrong file identifier",
            "wrong remote file identifier",
            "wrong type of the web page content")),
    /** The bot is in the chat and may not say this. */
    RIGHTS(List.of(
            "have no rights to send",
            "not enough rights to send",
            "need administrator rights in the channel chat",
            "chat_write_forbidden",
            "chat_restricted",
            "chat_send_",
            "chat_admin_required",
            "chat_guest_send_forbidden",
            "user_banned_in_channel",
            "voice_messages_forbidden")),
    /** The chat or user is not there for this bot. */
    CHAT(List.of(
            "chat not found",
            "user not found",
            "user is deactivated",
            "input_user_deactivated",
            "group chat was deactivated",
            "group chat was deleted",
            "peer_id_invalid",
            "channel_private",
            "user_is_blocked",
            "bot was blocked",
            "bot was kicked",
            "bot is not a member",
            "can't initiate conversation",
            "can't send messages to bots",
            "can't send messages to the user")),
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
