package io.holdfast.admin;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Parked bytes as REST shows them.
 *
 * @param size in bytes
 * @param text the beginning, where they are JSON
 * @param cut true when there is more than the text shows
 */
record ShownPayload(int size, @Nullable String text, boolean cut) {
    private static final int LONGEST_TEXT = 16 * 1024;

    static ShownPayload of(byte[] payload) {
        String text = json(payload);
        if (text == null || text.length() <= LONGEST_TEXT) {
            return new ShownPayload(payload.length, text, false);
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
        return new ShownPayload(payload.length, text.substring(0, end), true);
    }

    private static @Nullable String json(byte[] payload) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload))
                    .toString();
            return isJson(text) ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static boolean isJson(String text) {
        try (JsonParser parser = Json.MAPPER.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }
}
