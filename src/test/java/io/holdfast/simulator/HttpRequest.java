package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One request as it came over the wire. */
final class HttpRequest {

    private final String method;
    private final String path;
    private final String query;
    private final HttpHeaders headers;
    private final byte[] body;

    private HttpRequest(String method, String target, HttpHeaders headers, byte[] body) {
        int mark = target.indexOf('?');
        this.method = method;
        this.path = mark < 0 ? target : target.substring(0, mark);
        this.query = mark < 0 ? "" : target.substring(mark + 1);
        this.headers = headers;
        this.body = body;
    }

    /** Answers null when the peer closed the connection instead of asking again. */
    static @Nullable HttpRequest read(HttpInput in, HttpConnection connection) throws IOException {
        String line = in.firstLine();
        if (line == null) {
            return null;
        }
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        if (first <= 0 || last <= first || !line.startsWith("HTTP/1.", last + 1)) {
            throw new HttpFormatException(400, "malformed request line");
        }
        HttpHeaders headers = in.headers();
        if (headers.has("expect", "100-continue")) {
            connection.sayContinue();
        }
        byte[] body = in.body(headers, false);
        return new HttpRequest(line.substring(0, first), line.substring(first + 1, last), headers, body);
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    String query() {
        return query;
    }

    @Nullable
    String header(String lowerCaseName) {
        return headers.get(lowerCaseName);
    }

    String contentType() {
        String type = headers.get("content-type");
        return type == null ? "" : type;
    }

    byte[] body() {
        return body;
    }

    String bodyText() {
        return new String(body, UTF_8);
    }

    boolean wantsClose() {
        return headers.has("connection", "close");
    }
}
