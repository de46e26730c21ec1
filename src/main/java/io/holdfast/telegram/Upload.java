package io.holdfast.telegram;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;

/**
 * The body of a call that carries a file; pure.
 *
 * <p>Stored, such a call is a JSON object like any other: where Telegram wants the file stands an object
 * {@code {"file_name": …, "text": …}}. Sent, it is multipart/form-data: each member is a part, the file under the name of its
 * member.
 */
final class Upload {
    static final String FILE_NAME = "file_name";
    static final String TEXT = "text";
    static final String METHOD = "sendDocument";
    static final String FILE = "document";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MediaType PLAIN = MediaType.get("text/plain; charset=utf-8");

    private Upload() {}

    /** The multipart form of the call's parameters, or empty where they carry no file and are sent as JSON. */
    static Optional<RequestBody> of(String method, byte[] parameters) {
        if (!method.equals(METHOD)) {
            return Optional.empty();
        }
        try {
            JsonNode call = JSON.readTree(parameters);
            return call.path(FILE).isObject() ? Optional.of(body(call)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static RequestBody body(JsonNode call) {
        MultipartBody.Builder body = new MultipartBody.Builder().setType(MultipartBody.FORM);
        for (Map.Entry<String, JsonNode> member : call.properties()) {
            JsonNode value = member.getValue();
            if (member.getKey().equals(FILE)) {
                byte[] text = value.path(TEXT).asText().getBytes(StandardCharsets.UTF_8);
                body.addFormDataPart(FILE, value.path(FILE_NAME).asText(), new OneShotBody(PLAIN, text));
            } else {
                body.addFormDataPart(member.getKey(), value.isValueNode() ? value.asText() : value.toString());
            }
        }
        return body.build();
    }
}
