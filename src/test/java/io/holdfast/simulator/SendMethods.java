package io.holdfast.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** The methods that make a message. */
final class SendMethods {

    private final World world;

    SendMethods(World world) {
        this.world = world;
    }

    void addTo(Map<String, ApiMethod> methods) {
        methods.put("sendMessage", this::sendMessage);
        methods.put("sendDocument", this::sendDocument);
        methods.put("sendMessageDraft", this::sendMessageDraft);
    }

    private ApiResult sendMessage(ApiMethod.Call call) throws ApiException {
        ParsedText text = TextRules.parse(call.params(), "text", "entities", TextRules.MAX_TEXT);
        if (text.text().isEmpty()) {
            throw ApiException.bad("message text is empty");
        }
        return send(call, text, "");
    }

    private ApiResult sendDocument(ApiMethod.Call call) throws ApiException {
        ParsedText caption = TextRules.parse(call.params(), "caption", "caption_entities", TextRules.MAX_CAPTION);
        if (!call.params().has("document")) {
            throw ApiException.bad("there is no document in the request");
        }
        StringBuilder document = new StringBuilder("\"document\":{");
        JsonNode upload = Json.parse(call.params().text("document"));
        boolean uploaded = upload != null && upload.isObject();
        String id = "doc" + Integer.toHexString(call.params().text("document").hashCode());
        Json.text(document, "file_id", uploaded ? id : call.params().text("document"));
        Json.text(document, "file_unique_id", id);
        if (upload != null && uploaded) {
            Json.text(document, "file_name", upload.path("file_name").asText());
            Json.raw(document, "file_size", upload.path("file_size").asLong());
        }
        return send(call, caption, document.append('}').toString());
    }

    private ApiResult send(ApiMethod.Call call, ParsedText text, String extra) throws ApiException {
        Params params = call.params();
        SimChat chat = world.chatOf(call.bot(), params);
        chat.requireOpenTo(call.bot());
        long thread = requireThread(chat, params);
        long replyTo = replyTo(chat, params);
        String markup = Keyboards.inline(params);
        world.limits().admit(call.bot(), chat);
        int now = world.clock().epochSeconds();
        SimMessage message = chat.add(id -> new SimMessage(
                id, call.bot().user(), now, 0, text.text(), text.entitiesJson(), markup, replyTo, thread, extra, ""));
        world.events().publish("message", () -> StateView.message(chat, message, call.bot()));
        SimMessage answered = replyTo == 0 ? null : chat.message(replyTo);
        return ApiResult.message(message.json(chat, answered), message.id());
    }

    private static long requireThread(SimChat chat, Params params) throws ApiException {
        long thread = params.integer("message_thread_id", 0);
        if (thread != 0 && !chat.hasThread(thread)) {
            throw ApiException.bad("message thread not found");
        }
        return thread;
    }

    private static long replyTo(SimChat chat, Params params) throws ApiException {
        JsonNode reply = params.json("reply_parameters", "can't parse reply parameters JSON object");
        long id = reply == null
                ? params.integer("reply_to_message_id", 0)
                : reply.path("message_id").asLong();
        boolean optional = reply == null
                ? params.flag("allow_sending_without_reply")
                : reply.path("allow_sending_without_reply").asBoolean();
        if (id == 0 || chat.hadMessage(id)) {
            return id;
        }
        if (optional) {
            return 0;
        }
        throw ApiException.bad("message to be replied not found");
    }

    private ApiResult sendMessageDraft(ApiMethod.Call call) throws ApiException {
        ParsedText text = TextRules.parse(call.params(), "text", "entities", TextRules.MAX_TEXT);
        SimChat chat = world.chatOf(call.bot(), call.params());
        chat.requireOpenTo(call.bot());
        long draft = call.params().integer("draft_id", 0);
        if (!chat.isPrivate()) {
            throw ApiException.bad("drafts can be sent to private chats only");
        }
        if (draft == 0) {
            throw ApiException.bad("draft_id must be non-zero");
        }
        world.events().publish("draft", () -> draftEvent(call.bot(), chat, draft, text));
        return ApiResult.TRUE;
    }

    private static String draftEvent(SimBot bot, SimChat chat, long draft, ParsedText text) {
        StringBuilder out = new StringBuilder("{");
        Json.raw(out, "botId", bot.id());
        Json.raw(out, "chatId", chat.id());
        Json.raw(out, "draftId", draft);
        Json.text(out, "text", text.text());
        String entities = text.entitiesJson();
        Json.raw(out, "entities", entities.isEmpty() ? "[]" : entities);
        return out.append('}').toString();
    }
}
