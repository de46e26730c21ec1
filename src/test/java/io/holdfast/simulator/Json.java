package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** JSON as text: answers and updates are appended to a string, because that costs least per message. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private Json() {}

    static StringBuilder quote(StringBuilder out, CharSequence text) {
        out.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        return out.append('"');
    }

    static String quoted(CharSequence text) {
        return quote(new StringBuilder(text.length() + 2), text).toString();
    }

    /** For a name that came from outside, before it is used as a member's name. */
    static String escaped(CharSequence text) {
        StringBuilder out = new StringBuilder();
        JsonStringEncoder.getInstance().quoteAsString(text, out);
        return out.toString();
    }

    static StringBuilder text(StringBuilder out, String name, String value) {
        separate(out).append('"').append(name).append("\":");
        return quote(out, value);
    }

    /** Appends a member whose value is a number, a boolean or ready JSON. */
    static StringBuilder raw(StringBuilder out, String name, Object value) {
        return separate(out).append('"').append(name).append("\":").append(value);
    }

    private static StringBuilder separate(StringBuilder out) {
        char last = out.isEmpty() ? '{' : out.charAt(out.length() - 1);
        return last == '{' || last == '[' ? out : out.append(',');
    }

    static String error(int code, String description) {
        StringBuilder out = new StringBuilder("{\"ok\":false");
        raw(out, "error_code", code);
        return text(out, "description", description).append('}').toString();
    }

    static byte[] bytes(StringBuilder out) {
        return out.toString().getBytes(UTF_8);
    }

    /** Answers null when the text is no JSON. */
    static @Nullable JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** Answers null when the bytes are no JSON. */
    static @Nullable JsonNode parse(byte[] bytes) {
        try {
            return MAPPER.readTree(bytes);
        } catch (IOException e) {
            return null;
        }
    }
}
