package io.holdfast.telegram;

import java.util.List;
import java.util.Set;

/** The kinds of updates of Bot API 10.1, and the draft's Stop of 10.3: all of them are asked for, since Telegram's default leaves some out. */
final class UpdateKinds {
    static final List<String> ALL = List.of(
            "message",
            "edited_message",
            "channel_post",
            "edited_channel_post",
            "business_connection",
            "business_message",
            "edited_business_message",
            "deleted_business_messages",
            "guest_message",
            "message_reaction",
            "message_reaction_count",
            "inline_query",
            "chosen_inline_result",
            "callback_query",
            "shipping_query",
            "pre_checkout_query",
            "purchased_paid_media",
            "poll",
            "poll_answer",
            "my_chat_member",
            "chat_member",
            "chat_join_request",
            "chat_boost",
            "removed_chat_boost",
            "managed_bot",
            "stopped_message_generation");

    static final Set<String> KNOWN = Set.copyOf(ALL);

    private UpdateKinds() {}
}
