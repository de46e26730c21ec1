package io.holdfast.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.channel.MessageFormat;
import io.holdfast.channel.OutboundMessage;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes messages as calls of the Bot API; a long text becomes several messages, a very long one a file. */
@ApplicationScoped
class TelegramFormat implements MessageFormat {
    /** Telegram: callback_data holds 1 to 64 bytes. */
    static final int LONGEST_DATA = 64;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String channel() {
        return TelegramParser.CHANNEL;
    }

    @Override
    public List<Call> message(OutboundMessage message) {
        ComposedText composed = switch (message.form()) {
            case PLAIN -> ComposedText.plain(message.text());
            case MARKDOWN -> ComposedText.markdown(message.text());
        };
        List<ObjectNode> texts =
                composed.parts().stream().map(part -> text(message, part)).toList();
        List<ObjectNode> all = new ArrayList<>(texts);
        if (composed.file() != null) {
            all.add(document(message, composed.file()));
        }
        if (!all.isEmpty() && !message.buttons().isEmpty()) {
            all.getLast().putObject("reply_markup").set("inline_keyboard", keyboard(message.buttons()));
        }
        return all.stream()
                .map(call -> call(call.has(Upload.FILE) ? Upload.METHOD : "sendMessage", call))
                .toList();
    }

    private static ObjectNode text(OutboundMessage message, RichText part) {
        ObjectNode parameters = to(message).put("text", part.text());
        if (!part.entities().isEmpty()) {
            ArrayNode entities = parameters.putArray("entities");
            part.entities().forEach(entity -> entity.writeTo(entities.addObject()));
        }
        return parameters;
    }

    private static ObjectNode document(OutboundMessage message, TextFile file) {
        ObjectNode parameters = to(message);
        parameters.putObject(Upload.FILE).put(Upload.FILE_NAME, file.name()).put(Upload.TEXT, file.text());
        return parameters;
    }

    private static ObjectNode to(OutboundMessage message) {
        ObjectNode parameters = JSON.createObjectNode().put("chat_id", message.chatId());
        return message.threadId() == null ? parameters : parameters.put("message_thread_id", message.threadId());
    }

    @Override
    public Call acknowledge(String callbackId) {
        return call("answerCallbackQuery", JSON.createObjectNode().put("callback_query_id", callbackId));
    }

    @Override
    public Optional<byte[]> redirected(byte[] parameters, long toChat) {
        return Amendments.redirected(parameters, toChat);
    }

    @Override
    public Call typing(long chatId) {
        return call(
                "sendChatAction", JSON.createObjectNode().put("chat_id", chatId).put("action", "typing"));
    }

    private static ArrayNode keyboard(List<List<OutboundMessage.Button>> rows) {
        ArrayNode keyboard = JSON.createArrayNode();
        for (List<OutboundMessage.Button> row : rows) {
            ArrayNode buttons = keyboard.addArray();
            for (OutboundMessage.Button button : row) {
                if (button.command().getBytes(StandardCharsets.UTF_8).length > LONGEST_DATA) {
                    throw new IllegalArgumentException("The command of the button %s is longer than %d bytes."
                            .formatted(button.label(), LONGEST_DATA));
                }
                buttons.addObject().put("text", button.label()).put("callback_data", button.command());
            }
        }
        return keyboard;
    }

    private static Call call(String method, ObjectNode parameters) {
        try {
            return new Call(method, JSON.writeValueAsBytes(parameters));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The parameters of %s cannot be written".formatted(method), e);
        }
    }
}
