package io.holdfast.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Speaks HTTP by hand, so that a test can send what no decent client would; one connection per request. */
final class RawApi {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private String token = "";

    RawApi(URI base) {
        this.base = base;
    }

    /** What came back; {@code json} is a missing node where the body was none. */
    record Reply(int status, Map<String, String> headers, String text) {
        Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
        }

        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                return MissingNode.getInstance();
            }
        }

        /** The end of the problem's type, such as admin:not-found. */
        String problem() {
            return json().path("type").asText().replace("urn:holdfast:problem:", "");
        }

        List<String> pointers() {
            return json().path("errors").findValuesAsText("pointer");
        }
    }

    void use(String bearer) {
        token = bearer;
    }

    Reply get(String path, String... headers) {
        return send("GET", path, null, headers);
    }

    Reply post(String path, String json) {
        return send("POST", path, bytes(json), "Content-Type", "application/json");
    }

    Reply put(String path, String json) {
        return send("PUT", path, bytes(json), "Content-Type", "application/json");
    }

    Reply delete(String path) {
        return send("DELETE", path, null);
    }

    /** Headers come in pairs and replace those that this client would send; an empty value sends none. */
    Reply send(String method, String path, byte @org.jspecify.annotations.Nullable [] body, String... headers) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Host", base.getAuthority());
        all.put("Connection", "close");
        all.put("Authorization", token.isEmpty() ? "" : "Bearer " + token);
        all.put("Content-Length", body == null ? "" : Integer.toString(body.length));
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        all.forEach((name, value) -> {
            if (!value.isEmpty()) {
                head.append(name).append(": ").append(value).append("\r\n");
            }
        });
        try {
            return exchange(bytes(head + "\r\n"), body == null ? new byte[0] : body);
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        }
    }

    private Reply exchange(byte[] head, byte[] body) throws IOException {
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            all.writeBytes(head);
            all.writeBytes(body);
            socket.getOutputStream().write(all.toByteArray());
            return read(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private static Reply read(String answer) throws IOException {
        int end = answer.indexOf("\r\n\r\n");
        if (end < 0) {
            throw new IOException("no HTTP answer: " + answer);
        }
        List<String> lines = answer.substring(0, end).lines().toList();
        Map<String, String> headers = new TreeMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        String body = answer.substring(end + 4);
        boolean chunked = "chunked".equalsIgnoreCase(headers.get("transfer-encoding"));
        return new Reply(Integer.parseInt(lines.getFirst().substring(9, 12)), headers, chunked ? joined(body) : body);
    }

    private static String joined(String chunks) {
        byte[] bytes = bytes(chunks);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < bytes.length) {
            int line = at;
            while (bytes[line] != '\r') {
                line++;
            }
            int size = Integer.parseInt(new String(bytes, at, line - at, StandardCharsets.US_ASCII), 16);
            out.write(bytes, line + 2, size);
            at = size == 0 ? bytes.length : line + 2 + size + 2;
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
