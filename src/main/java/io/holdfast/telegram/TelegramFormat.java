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

/** Writes messages as calls of the Bot API; a text longer than 4096 UTF-16 units becomes several messages (Telegram). */
@ApplicationScoped
class TelegramFormat implements MessageFormat {
    static final int LONGEST_TEXT = 4096;
    /** Telegram: callback_data holds 1 to 64 bytes. */
    static final int LONGEST_DATA = 64;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String channel() {
        return TelegramParser.CHANNEL;
    }

    @Override
    public List<Call> message(OutboundMessage message) {
        List<String> parts = parts(message.text());
        List<Call> calls = new ArrayList<>(parts.size());
        for (int i = 0; i < parts.size(); i++) {
            ObjectNode parameters = JSON.createObjectNode();
            parameters.put("chat_id", message.chatId());
            if (message.threadId() != null) {
                parameters.put("message_thread_id", message.threadId());
            }
            parameters.put("text", parts.get(i));
            if (i == parts.size() - 1 && !message.buttons().isEmpty()) {
                parameters.putObject("reply_markup").set("inline_keyboard", keyboard(message.buttons()));
            }
            calls.add(call("sendMessage", parameters));
        }
        return calls;
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

    /** Cuts at the last line end or space of a part where there is one, never inside a surrogate pair. */
    static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (text.length() - from > LONGEST_TEXT) {
            int end = cut(text, from);
            add(parts, text.substring(from, end));
            from = end;
        }
        add(parts, text.substring(from));
        return parts;
    }

    private static int cut(String text, int from) {
        int end = from + LONGEST_TEXT;
        for (int i = end; i > from + LONGEST_TEXT / 2; i--) {
            if (Character.isWhitespace(text.charAt(i - 1))) {
                return i;
            }
        }
        return Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
    }

    /** Telegram refuses a message of white space alone. */
    private static void add(List<String> parts, String part) {
        if (!part.isBlank()) {
            parts.add(part);
        }
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
