package io.holdfast.telegram;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the Bot API said, read from the body of an answer: ok or not, and why not.
 *
 * @param errorCode the API's own code, or null where it gave none
 * @param retryAfter seconds to wait, at least 0, or null
 * @param messageId of the message that was sent or edited, the first of an album, or null
 */
record ApiReply(
        boolean ok,
        @Nullable Integer errorCode,
        String description,
        @Nullable Long retryAfter,
        @Nullable Long migrateTo,
        @Nullable Long messageId) {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(200)
                    .maxNumberLength(40)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();
    private static final int LONGEST_DESCRIPTION = 300;

    /** Empty where the body is not a whole answer of the Bot API: HTML, half a JSON, nothing, or no word on ok. */
    static Optional<ApiReply> read(byte[] body) {
        Fields fields = new Fields();
        try (JsonParser json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                fields.take(name, json);
            }
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
        return Optional.ofNullable(fields.ok).map(fields::toReply);
    }

    private static final class Fields {
        @Nullable
        Boolean ok;

        @Nullable
        Long errorCode;

        @Nullable
        Long retryAfter;

        @Nullable
        Long migrateTo;

        @Nullable
        Long messageId;

        String description = "";

        void take(String name, JsonParser json) throws IOException {
            switch (name) {
                case "ok" -> {
                    if (json.currentToken().isBoolean()) {
                        ok = json.getBooleanValue();
                    }
                    json.skipChildren();
                }
                case "error_code" -> errorCode = BodyReader.integer(json);
                case "description" -> {
                    String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : "";
                    // PostgreSQL keeps no NUL in a text.
                    description = text.substring(0, Math.min(LONGEST_DESCRIPTION, text.length()))
                            .replace("\0", "");
                    json.skipChildren();
                }
                case "parameters" -> parameters(json);
                case "result" -> result(json);
                default -> json.skipChildren();
            }
        }

        private void parameters(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_OBJECT) {
                json.skipChildren();
                return;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "retry_after" -> retryAfter = BodyReader.integer(json);
                    case "migrate_to_chat_id" -> migrateTo = BodyReader.integer(json);
                    default -> json.skipChildren();
                }
            }
        }

        private void result(JsonParser json) throws IOException {
            if (json.currentToken() == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    result(json);
                }
                return;
            }
            if (json.currentToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                String name = json.currentName();
                json.nextToken();
                if (name.equals("message_id") && messageId == null) {
                    messageId = BodyReader.integer(json);
                } else {
                    json.skipChildren();
                }
            }
        }

        ApiReply toReply(boolean said) {
            Integer code = errorCode == null || errorCode < 0 || errorCode > 999 ? null : errorCode.intValue();
            Long wait = retryAfter == null || retryAfter < 0 ? null : retryAfter;
            return new ApiReply(said, code, description, wait, migrateTo, messageId);
        }
    }
}
