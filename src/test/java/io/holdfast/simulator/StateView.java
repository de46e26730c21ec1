package io.holdfast.simulator;

import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What the chat page and the control API see of the world, as JSON. */
final class StateView {

    private static final int SHOWN_MESSAGES = 100;

    private StateView() {}

    static String all(World world) {
        StringBuilder out = new StringBuilder("{");
        Json.raw(out, "bots", list(world.bots(), StateView::bot));
        Json.raw(out, "users", list(world.users(), StateView::user));
        Set<SimChat> chats =
                new TreeSet<>(Comparator.comparingLong(SimChat::id).thenComparingInt(System::identityHashCode));
        chats.addAll(world.groups());
        world.bots().forEach(bot -> chats.addAll(bot.chats().values()));
        Json.raw(out, "chats", list(chats, StateView::chat));
        Json.raw(out, "timeScale", world.config().timeScale());
        Json.raw(out, "rateLimits", world.limits().isOn());
        Json.raw(out, "calls", world.journal().callCount());
        return Json.raw(out, "deliveries", world.journal().deliveryCount())
                .append('}')
                .toString();
    }

    static <T> String list(Collection<? extends T> items, Function<T, String> view) {
        StringBuilder out = new StringBuilder("[");
        for (T item : items) {
            (out.length() > 1 ? out.append(',') : out).append(view.apply(item));
        }
        return out.append(']').toString();
    }

    static String bot(SimBot bot) {
        StringBuilder out = new StringBuilder("{");
        Json.raw(out, "id", bot.id());
        Json.text(out, "username", bot.username());
        Json.text(out, "name", bot.name());
        Json.text(out, "token", bot.token());
        Json.raw(out, "webhook", webhookInfo(bot));
        return Json.raw(out, "commands", bot.commandsForUsers()).append('}').toString();
    }

    static String user(SimUser user) {
        return user.json();
    }

    static String chat(SimChat chat) {
        StringBuilder out = new StringBuilder("{");
        Json.raw(out, "id", chat.id());
        Json.text(out, "type", chat.type());
        Json.text(out, "title", chat.title());
        Json.raw(out, "users", list(chat.users(), user -> Long.toString(user.id())));
        Json.raw(out, "bots", list(chat.bots(), bot -> Long.toString(bot.id())));
        Json.raw(
                out,
                "shutOut",
                list(chat.bots().stream().filter(chat::isShutOut).toList(), bot -> Long.toString(bot.id())));
        var messages = chat.messages();
        var shown = messages.subList(Math.max(0, messages.size() - SHOWN_MESSAGES), messages.size());
        return Json.raw(out, "messages", list(shown, message -> view(chat, message)))
                .append('}')
                .toString();
    }

    /** An event about one message; in a private chat the page must know whose chat it is. */
    static String message(SimChat chat, SimMessage message, SimBot bot) {
        StringBuilder out = new StringBuilder("{");
        Json.raw(out, "botId", bot.id());
        Json.raw(out, "chatId", chat.id());
        return Json.raw(out, "message", view(chat, message)).append('}').toString();
    }

    private static String view(SimChat chat, SimMessage message) {
        String json = message.json(chat, null);
        StringBuilder out = new StringBuilder(json.substring(0, json.length() - 1));
        if (message.replyTo() != 0) {
            Json.raw(out, "reply_to", message.replyTo());
        }
        if (!message.reactions().isEmpty()) {
            Json.raw(out, "reactions", message.reactions());
        }
        return out.append('}').toString();
    }

    static String place(SimBot bot, SimChat chat, long messageId) {
        StringBuilder out = new StringBuilder("{");
        Json.raw(out, "botId", bot.id());
        Json.raw(out, "chatId", chat.id());
        return Json.raw(out, "messageId", messageId).append('}').toString();
    }

    static String webhookInfo(SimBot bot) {
        WebhookSettings settings = bot.updates().webhook();
        StringBuilder out = new StringBuilder("{");
        Json.text(out, "url", settings == null ? "" : settings.url().toString());
        Json.raw(out, "has_custom_certificate", false);
        Json.raw(out, "pending_update_count", bot.pendingUpdates());
        if (settings != null) {
            Json.raw(out, "max_connections", settings.maxConnections());
        }
        WebhookWorkers.Problem problem = bot.updates().workers().problem();
        if (problem != null) {
            Json.raw(out, "last_error_date", problem.date());
            Json.text(out, "last_error_message", problem.message());
        }
        Set<String> allowed = new TreeSet<>(bot.updates().allowed().types());
        if (!allowed.isEmpty()) {
            Json.raw(out, "allowed_updates", list(allowed, Json::quoted));
        }
        return out.append('}').toString();
    }

    static String call(ApiCall call) {
        StringBuilder out = new StringBuilder("{");
        Json.raw(out, "seq", call.seq());
        Json.text(out, "at", call.at().toString());
        Json.raw(out, "botId", call.botId());
        Json.text(out, "method", call.method());
        StringBuilder parameters = new StringBuilder("{");
        call.parameters().forEach((name, value) -> Json.text(parameters, Json.escaped(name), value));
        Json.raw(out, "parameters", parameters.append('}'));
        Json.raw(out, "unknownParameters", list(call.unknownParameters(), Json::quoted));
        Json.raw(out, "chatId", call.chatId());
        Json.raw(out, "status", call.httpStatus());
        Json.raw(out, "errorCode", call.errorCode());
        Json.text(out, "description", call.description());
        Json.raw(out, "accepted", call.accepted());
        Json.raw(out, "messageId", call.messageId());
        return Json.raw(out, "fault", call.fault() == null ? "null" : "\"" + call.fault() + "\"")
                .append('}')
                .toString();
    }

    static String delivery(Delivery delivery) {
        StringBuilder out = new StringBuilder("{");
        Json.raw(out, "seq", delivery.seq());
        Json.raw(out, "botId", delivery.botId());
        Json.raw(out, "updateId", delivery.updateId());
        Json.raw(out, "chatId", delivery.chatId());
        Json.raw(out, "attempt", delivery.attempt());
        Json.raw(out, "status", delivery.status());
        Json.raw(out, "latencyMicros", delivery.latencyNanos() / 1000);
        String error = delivery.error();
        return Json.raw(out, "error", error == null ? "null" : Json.quoted(error))
                .append('}')
                .toString();
    }

    static String fault(Faults.Active active) {
        FaultRule rule = active.rule();
        StringBuilder out = new StringBuilder("{");
        Json.raw(out, "id", active.id());
        Json.text(out, "kind", rule.fault().kind().name());
        Json.raw(out, "botId", rule.botId());
        Json.text(out, "method", rule.method());
        Json.raw(out, "chatId", rule.chatId());
        Json.raw(out, "times", rule.times());
        Json.raw(out, "probability", rule.probability());
        Json.raw(out, "status", rule.fault().status());
        Json.raw(out, "retryAfter", rule.fault().retryAfter());
        Json.raw(out, "millis", rule.fault().pause().toMillis());
        Json.raw(out, "applied", rule.fault().applied());
        return Json.raw(out, "hits", active.hits()).append('}').toString();
    }
}
