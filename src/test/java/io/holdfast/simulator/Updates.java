package io.holdfast.simulator;

/** Makes updates: which queue they go to and how long they live is Telegram's rule, not the caller's choice. */
final class Updates {

    static final int DAY = 86_400;
    private static final int CALLBACK = 150;

    private Updates() {}

    static long message(SimBot bot, SimChat chat, SimMessage message) {
        return ofChat(bot, chat, "message", message);
    }

    static long edited(SimBot bot, SimChat chat, SimMessage message) {
        return ofChat(bot, chat, "edited_message", message);
    }

    private static long ofChat(SimBot bot, SimChat chat, String type, SimMessage message) {
        SimMessage answered = message.replyTo() == 0 ? null : chat.message(message.replyTo());
        return bot.updates()
                .add(type, new PendingUpdate.LaneKey('c', chat.id()), chat.id(), DAY, message.json(chat, answered));
    }

    static long callback(SimBot bot, SimChat chat, SimUser user, SimMessage message, String queryId, String data) {
        StringBuilder out = new StringBuilder("{");
        Json.text(out, "id", queryId);
        Json.raw(out, "from", user.json());
        Json.raw(out, "message", message.json(chat, null));
        Json.text(out, "chat_instance", Long.toString(chat.id() * 31 + bot.id()));
        Json.text(out, "data", data).append('}');
        return bot.updates()
                .add("callback_query", new PendingUpdate.LaneKey('u', user.id()), chat.id(), CALLBACK, out.toString());
    }

    /** Membership and whatever else has a queue of its own. */
    static long other(SimBot bot, String type, long chatId, String json) {
        int ttl = switch (type) {
            case "callback_query", "shipping_query", "pre_checkout_query" -> CALLBACK;
            case "inline_query" -> 30;
            case "chosen_inline_result" -> 600;
            default -> DAY;
        };
        return bot.updates().add(type, new PendingUpdate.LaneKey('o', 0), chatId, ttl, json);
    }

    static long membership(World world, SimBot bot, SimChat chat, SimUser by, String before, String after) {
        StringBuilder out = new StringBuilder("{");
        Json.raw(out, "chat", chat.json());
        Json.raw(out, "from", by.json());
        Json.raw(out, "date", world.clock().epochSeconds());
        Json.raw(out, "old_chat_member", member(bot, before));
        Json.raw(out, "new_chat_member", member(bot, after)).append('}');
        return other(bot, "my_chat_member", chat.id(), out.toString());
    }

    private static String member(SimBot bot, String status) {
        StringBuilder out = new StringBuilder("{");
        Json.raw(out, "user", bot.user().json());
        Json.text(out, "status", status);
        if ("kicked".equals(status)) {
            Json.raw(out, "until_date", 0);
        }
        return out.append('}').toString();
    }
}
