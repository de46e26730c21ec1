package io.holdfast.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The methods that change a message or its surroundings. */
final class MessageMethods {

    private static final int MOST_TOAST = 200;
    private static final Set<String> ACTIONS = Set.of(
            "typing",
            "upload_photo",
            "record_video",
            "upload_video",
            "record_voice",
            "upload_voice",
            "upload_document",
            "choose_sticker",
            "find_location",
            "record_video_note",
            "upload_video_note");

    private final World world;

    MessageMethods(World world) {
        this.world = world;
    }

    void addTo(Map<String, ApiMethod> methods) {
        methods.put("editMessageText", this::editMessageText);
        methods.put("editMessageReplyMarkup", this::editMessageReplyMarkup);
        methods.put("deleteMessage", this::deleteMessage);
        methods.put("answerCallbackQuery", this::answerCallbackQuery);
        methods.put("sendChatAction", this::sendChatAction);
        methods.put("setMessageReaction", this::setMessageReaction);
    }

    private ApiResult editMessageText(ApiMethod.Call call) throws ApiException {
        ParsedText text = TextRules.parse(call.params(), "text", "entities", TextRules.MAX_TEXT);
        if (text.text().isEmpty()) {
            throw ApiException.bad("message text is empty");
        }
        String markup = Keyboards.inline(call.params());
        SimChat chat = openChat(call);
        SimMessage old = ownMessage(call, chat, "message to edit not found");
        String entities = text.entitiesJson();
        if (old.says(text.text(), entities, markup)) {
            throw notModified();
        }
        if (!chat.isPrivate()) {
            world.limits().admit(call.bot(), chat);
        }
        int now = world.clock().epochSeconds();
        return changed(
                call.bot(), chat, chat.change(old.id(), message -> message.edited(text.text(), entities, markup, now)));
    }

    private ApiResult editMessageReplyMarkup(ApiMethod.Call call) throws ApiException {
        String markup = Keyboards.inline(call.params());
        SimChat chat = openChat(call);
        SimMessage old = ownMessage(call, chat, "message to edit not found");
        if (old.markup().equals(markup)) {
            throw notModified();
        }
        return changed(call.bot(), chat, chat.change(old.id(), message -> message.withMarkup(markup)));
    }

    private static ApiException notModified() {
        return ApiException.bad("message is not modified: specified new message content and reply markup are exactly "
                + "the same as a current content and reply markup of the message");
    }

    private ApiResult changed(SimBot bot, SimChat chat, @Nullable SimMessage message) throws ApiException {
        if (message == null) {
            throw ApiException.bad("message to edit not found");
        }
        world.events().publish("edit", () -> StateView.message(chat, message, bot));
        return ApiResult.message(message.json(chat, null), message.id());
    }

    private SimChat openChat(ApiMethod.Call call) throws ApiException {
        SimChat chat = world.chatOf(call.bot(), call.params());
        chat.requireOpenTo(call.bot());
        return chat;
    }

    private static SimMessage anyMessage(ApiMethod.Call call, SimChat chat, String complaint) throws ApiException {
        if (!call.params().has("message_id")) {
            throw ApiException.bad("message identifier is not specified");
        }
        SimMessage message = chat.message(call.params().integer("message_id", 0));
        if (message == null) {
            throw ApiException.bad(complaint);
        }
        return message;
    }

    private static SimMessage ownMessage(ApiMethod.Call call, SimChat chat, String complaint) throws ApiException {
        SimMessage message = anyMessage(call, chat, complaint);
        if (message.author().id() != call.bot().id()) {
            throw ApiException.bad("message can't be edited");
        }
        return message;
    }

    private ApiResult deleteMessage(ApiMethod.Call call) throws ApiException {
        SimChat chat = openChat(call);
        SimMessage message = anyMessage(call, chat, "message to delete not found");
        if (!chat.delete(message.id())) {
            throw ApiException.bad("message to delete not found");
        }
        world.events().publish("delete", () -> StateView.place(call.bot(), chat, message.id()));
        return ApiResult.TRUE;
    }

    private ApiResult answerCallbackQuery(ApiMethod.Call call) throws ApiException {
        String text = call.params().text("text");
        TextRules.requireUnicode(text);
        if (text.length() > MOST_TOAST) {
            throw ApiException.bad("MESSAGE_TOO_LONG");
        }
        Callbacks.Press press =
                world.callbacks().answer(call.bot(), call.params().text("callback_query_id"));
        if (press == null) {
            throw ApiException.bad("query is too old and response timeout expired or query ID is invalid");
        }
        world.events().publish("toast", () -> {
            StringBuilder out = new StringBuilder("{");
            Json.raw(out, "botId", call.bot().id());
            Json.raw(out, "chatId", press.chat().id());
            Json.raw(out, "userId", press.user().id());
            Json.raw(out, "messageId", press.message().id());
            Json.text(out, "data", press.data());
            Json.text(out, "text", text);
            return Json.raw(out, "alert", call.params().flag("show_alert"))
                    .append('}')
                    .toString();
        });
        return ApiResult.TRUE;
    }

    private ApiResult sendChatAction(ApiMethod.Call call) throws ApiException {
        SimChat chat = openChat(call);
        String action = call.params().text("action");
        if (!ACTIONS.contains(action)) {
            throw ApiException.bad("wrong parameter action in request");
        }
        world.events().publish("action", () -> {
            StringBuilder out = new StringBuilder("{");
            Json.raw(out, "botId", call.bot().id());
            Json.raw(out, "chatId", chat.id());
            return Json.text(out, "action", action).append('}').toString();
        });
        return ApiResult.TRUE;
    }

    private ApiResult setMessageReaction(ApiMethod.Call call) throws ApiException {
        SimChat chat = openChat(call);
        JsonNode reaction = call.params().json("reaction", "can't parse reaction types JSON object");
        if (reaction != null && !reaction.isArray()) {
            throw ApiException.bad("can't parse reaction types: expected an Array");
        }
        if (reaction != null && reaction.size() > 1) {
            throw ApiException.bad("REACTIONS_TOO_MANY");
        }
        SimMessage message = anyMessage(call, chat, "message to react not found");
        String json = reaction == null || reaction.isEmpty() ? "" : reaction.toString();
        changed(call.bot(), chat, chat.change(message.id(), old -> old.withReactions(json)));
        return ApiResult.TRUE;
    }
}
