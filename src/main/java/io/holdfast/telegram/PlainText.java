package io.holdfast.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The same call without its formatting: what is sent when Telegram cannot take the entities of a text; pure. */
final class PlainText {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FORMATTING = List.of("entities", "caption_entities", "parse_mode");

    private PlainText() {}

    /**
     * The parameters of a stored call, a JSON object in UTF-8, without what formats its text or caption.
     *
     * @return empty where there is nothing to leave out: the call as it is would only be refused again
     */
    static Optional<byte[]> of(byte[] parameters) {
        try {
            JsonNode call = JSON.readTree(parameters);
            if (!(call instanceof ObjectNode object) || FORMATTING.stream().noneMatch(object::has)) {
                return Optional.empty();
            }
            return Optional.of(JSON.writeValueAsBytes(object.remove(FORMATTING)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
