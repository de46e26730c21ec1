package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The least that a bot needs to call the Bot API: one keep-alive connection, no threads. */
final class BotClient implements Closeable {

    /** One answer; {@code json} is a missing node when the body was none. */
    record Reply(int status, String contentType, @Nullable String retryAfter, String body, JsonNode json) {

        int errorCode() {
            return json.path("error_code").asInt();
        }

        String description() {
            return json.path("description").asText();
        }

        JsonNode result() {
            return json.path("result");
        }
    }

    private final URI base;
    private final String token;
    private final Socket socket;
    private final HttpInput in;

    BotClient(Simulator simulator, String token) throws IOException {
        this.base = simulator.url();
        this.token = token;
        this.socket = new Socket(base.getHost(), base.getPort());
        socket.setTcpNoDelay(true);
        this.in = new HttpInput(socket.getInputStream());
    }

    static BotClient of(Simulator simulator, SimBot bot) throws IOException {
        return new BotClient(simulator, bot.token());
    }

    Reply call(String method, String json) throws IOException {
        return post("/bot" + token + "/" + method, "application/json", json.getBytes(UTF_8));
    }

    Reply post(String path, String contentType, byte[] body) throws IOException {
        return request("POST", path, contentType, body, base.getAuthority());
    }

    Reply get(String path) throws IOException {
        return request("GET", path, "text/plain", new byte[0], base.getAuthority());
    }

    Reply request(String verb, String path, String contentType, byte[] body, String host) throws IOException {
        send(
                verb + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: " + contentType
                        + "\r\nContent-Length: " + body.length + "\r\n\r\n",
                body);
        return read();
    }

    void send(String head, byte[] body) throws IOException {
        byte[] headBytes = head.getBytes(UTF_8);
        byte[] all = new byte[headBytes.length + body.length];
        System.arraycopy(headBytes, 0, all, 0, headBytes.length);
        System.arraycopy(body, 0, all, headBytes.length, body.length);
        socket.getOutputStream().write(all);
    }

    Reply read() throws IOException {
        String line = in.firstLine();
        if (line == null) {
            throw new IOException("closed without an answer");
        }
        HttpHeaders headers = in.headers();
        byte[] body = in.body(headers, true);
        JsonNode json = body.length == 0 ? null : Json.parse(body);
        String type = headers.get("content-type");
        return new Reply(
                Integer.parseInt(line.substring(9, 12)),
                type == null ? "" : type,
                headers.get("retry-after"),
                new String(body, UTF_8),
                json == null ? MissingNode.getInstance() : json);
    }

    /** Reads lines until one begins so. */
    String readUntil(String start) throws IOException {
        StringBuilder all = new StringBuilder();
        while (true) {
            String line = in.firstLine();
            if (line == null) {
                throw new IOException("closed before a line that begins with " + start);
            }
            all.append(line).append('\n');
            if (line.startsWith(start)) {
                return all.toString();
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
