package io.holdfast.telegram;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The other forms of a stored call: in more parts, outside of a thread, to another chat; pure.
 *
 * <p>Empty where there is no other form: the same call would only be refused again.
 */
final class Amendments {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FORMATTING = List.of("entities", "parse_mode");

    private Amendments() {}

    /** Plain parts, since offsets of entities would no longer fit; buttons stay under the last one. */
    static Optional<List<byte[]>> split(byte[] parameters) {
        return read(parameters).flatMap(call -> {
            List<String> texts =
                    TextSplitter.split(RichText.plain(call.path("text").asText()), Integer.MAX_VALUE).stream()
                            .map(RichText::text)
                            .toList();
            if (texts.size() < 2) {
                return Optional.empty();
            }
            List<byte[]> parts = new ArrayList<>(texts.size());
            for (int i = 0; i < texts.size(); i++) {
                ObjectNode part = call.deepCopy().put("text", texts.get(i));
                part.remove(FORMATTING);
                if (i < texts.size() - 1) {
                    part.remove("reply_markup");
                }
                parts.add(written(part));
            }
            return Optional.of(parts);
        });
    }

    static Optional<byte[]> withoutThread(byte[] parameters) {
        return read(parameters)
                .filter(call -> call.remove("message_thread_id") != null)
                .map(Amendments::written);
    }

    /** Every chat id of the call that is the old one becomes the new one. */
    static Optional<byte[]> redirected(byte[] parameters, long toChat) {
        return read(parameters).filter(call -> call.path("chat_id").isNumber()).map(call -> {
            JsonNode from = call.path("chat_id");
            if (from.equals(call.get("from_chat_id"))) {
                call.put("from_chat_id", toChat);
            }
            return written(call.put("chat_id", toChat));
        });
    }

    private static Optional<ObjectNode> read(byte[] parameters) {
        try {
            return JSON.readTree(parameters) instanceof ObjectNode call ? Optional.of(call) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static byte[] written(ObjectNode call) {
        try {
            return JSON.writeValueAsBytes(call);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("What was read as JSON cannot be written", e);
        }
    }
}
