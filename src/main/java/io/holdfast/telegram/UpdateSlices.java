package io.holdfast.telegram;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Cuts an answer to getUpdates into its updates, each the very bytes that came. */
final class UpdateSlices {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private UpdateSlices() {}

    /** Empty where the answer is not JSON or has no list of results. */
    static Optional<List<byte[]>> of(byte[] body) {
        try (JsonParser json = JSON.createParser(body)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                if (json.nextToken() == JsonToken.START_ARRAY && name.equals("result")) {
                    return Optional.of(elements(json, body));
                }
                json.skipChildren();
            }
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static List<byte[]> elements(JsonParser json, byte[] body) throws IOException {
        List<byte[]> updates = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            int from = Math.toIntExact(json.currentTokenLocation().getByteOffset());
            json.skipChildren();
            int to = Math.toIntExact(json.currentLocation().getByteOffset());
            updates.add(Arrays.copyOfRange(body, from, to));
        }
        return updates;
    }
}
