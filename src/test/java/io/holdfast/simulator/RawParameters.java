package io.holdfast.simulator;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The parameters of a call as they came: query, form, JSON or multipart; kept as bytes, decoded on demand. */
final class RawParameters {

    /** Reads one value out of the middle, so what follows is no mistake. */
    private static final ObjectReader PART =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final String query;
    private final String contentType;
    private final byte[] body;

    RawParameters(String query, String contentType, byte[] body) {
        this.query = query;
        this.contentType = contentType;
        this.body = body;
    }

    static RawParameters of(HttpRequest request) {
        return new RawParameters(request.query(), request.contentType(), request.body());
    }

    /** What the journal keeps of an upload: its parameters without the files. */
    RawParameters withoutFiles() {
        if (!contentType.startsWith("multipart/")) {
            return this;
        }
        StringBuilder json = new StringBuilder("{");
        decode().forEach((name, value) -> Json.text(json, Json.escaped(name), value));
        return new RawParameters("", "application/json", Json.bytes(json.append('}')));
    }

    /** Never throws: what cannot be decoded is not there. */
    Map<String, String> decode() {
        try {
            return decodeStrictly();
        } catch (ApiException e) {
            return Map.of("undecodable", e.description());
        }
    }

    Map<String, String> decodeStrictly() throws ApiException {
        Map<String, String> values = new LinkedHashMap<>();
        if (!query.isEmpty()) {
            form(query, values);
        }
        if (body.length == 0) {
            return values;
        }
        if (contentType.startsWith("application/json")) {
            json(values);
        } else if (contentType.startsWith("multipart/form-data")) {
            Multipart.parse(contentType, body, values);
        } else if (contentType.startsWith("application/x-www-form-urlencoded")) {
            form(utf8(body), values);
        }
        return values;
    }

    /** The Bot API server turns each JSON value into text: containers stay JSON, the rest loses its quotes. */
    private void json(Map<String, String> values) throws ApiException {
        try (JsonParser parser = Json.MAPPER.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw ApiException.bad("can't parse request body as JSON object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken token = parser.nextToken();
                if (token == JsonToken.VALUE_NULL) {
                    continue;
                }
                boolean container = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
                values.put(name, container ? PART.readTree(parser).toString() : parser.getText());
            }
        } catch (IOException e) {
            throw ApiException.bad("can't parse request body as JSON object");
        }
    }

    private static void form(String text, Map<String, String> values) throws ApiException {
        int start = 0;
        while (start <= text.length()) {
            int end = text.indexOf('&', start);
            end = end < 0 ? text.length() : end;
            int equals = text.indexOf('=', start);
            if (end > start) {
                boolean valued = equals >= 0 && equals < end;
                String name = unescape(text.substring(start, valued ? equals : end));
                values.put(name, valued ? unescape(text.substring(equals + 1, end)) : "");
            }
            start = end + 1;
        }
    }

    private static String unescape(String text) throws ApiException {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        byte[] in = text.getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[in.length];
        int length = 0;
        for (int i = 0; i < in.length; i++) {
            int high = in[i] == '%' && i + 2 < in.length ? Character.digit(in[i + 1], 16) : -1;
            int low = high >= 0 ? Character.digit(in[i + 2], 16) : -1;
            if (low >= 0) {
                bytes[length++] = (byte) (high * 16 + low);
                i += 2;
            } else {
                bytes[length++] = in[i] == '+' ? (byte) ' ' : in[i];
            }
        }
        return utf8(ByteBuffer.wrap(bytes, 0, length));
    }

    static String utf8(byte[] bytes) throws ApiException {
        return utf8(ByteBuffer.wrap(bytes));
    }

    private static String utf8(ByteBuffer bytes) throws ApiException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString();
        } catch (CharacterCodingException e) {
            throw ApiException.bad("strings must be encoded in UTF-8");
        }
    }
}
