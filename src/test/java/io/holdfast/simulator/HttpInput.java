package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The reading half of one HTTP/1.1 connection: lines, headers, bodies by length, by chunks or until the end. */
final class HttpInput {

    private static final int MAX_LINE = 64 * 1024;
    private static final int MAX_HEADERS = 200;
    private static final int MAX_BODY = 64 * 1024 * 1024;
    private static final byte[] NOTHING = {};

    private final InputStream in;
    private final byte[] buffer = new byte[8 * 1024];
    private int position;
    private int limit;

    HttpInput(InputStream in) {
        this.in = in;
    }

    /** Answers null when the peer closed the connection before the first byte. */
    @Nullable
    String firstLine() throws IOException {
        if (position == limit && !fill()) {
            return null;
        }
        return line();
    }

    HttpHeaders headers() throws IOException {
        HttpHeaders headers = new HttpHeaders();
        for (int count = 0; ; count++) {
            String line = line();
            if (line.isEmpty()) {
                return headers;
            }
            int colon = line.indexOf(':');
            if (colon <= 0 || count >= MAX_HEADERS) {
                throw new HttpFormatException(400, "malformed header");
            }
            headers.add(line.substring(0, colon), line.substring(colon + 1).strip());
        }
    }

    byte[] body(HttpHeaders headers, boolean untilEndAllowed) throws IOException {
        if (headers.has("transfer-encoding", "chunked")) {
            return chunked();
        }
        String length = headers.get("content-length");
        if (length != null) {
            return exactly(parseLength(length, 10));
        }
        return untilEndAllowed ? untilEnd() : NOTHING;
    }

    private byte[] chunked() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line();
            int semicolon = size.indexOf(';');
            int length = parseLength(semicolon < 0 ? size : size.substring(0, semicolon), 16);
            if (length == 0) {
                break;
            }
            body.writeBytes(exactly(length));
            requireSize(body.size());
            line();
        }
        headers();
        return body.toByteArray();
    }

    private byte[] untilEnd() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (position < limit || fill()) {
            body.write(buffer, position, limit - position);
            position = limit;
            requireSize(body.size());
        }
        return body.toByteArray();
    }

    private byte[] exactly(int length) throws IOException {
        byte[] body = new byte[length];
        int have = Math.min(length, limit - position);
        System.arraycopy(buffer, position, body, 0, have);
        position += have;
        while (have < length) {
            int read = in.read(body, have, length - have);
            if (read < 0) {
                throw new EOFException("the peer closed the connection in the middle of a body");
            }
            have += read;
        }
        return body;
    }

    private String line() throws IOException {
        StringBuilder longLine = null;
        while (true) {
            for (int i = position; i < limit; i++) {
                if (buffer[i] == '\n') {
                    int end = i > position && buffer[i - 1] == '\r' ? i - 1 : i;
                    String part = new String(buffer, position, end - position, ISO_8859_1);
                    position = i + 1;
                    return longLine == null ? part : stripReturn(longLine.append(part));
                }
            }
            longLine = longLine == null ? new StringBuilder() : longLine;
            longLine.append(new String(buffer, position, limit - position, ISO_8859_1));
            if (longLine.length() > MAX_LINE) {
                throw new HttpFormatException(431, "header too large");
            }
            if (!fill()) {
                throw new EOFException("the peer closed the connection in the middle of a header");
            }
        }
    }

    private static String stripReturn(StringBuilder line) {
        int last = line.length() - 1;
        return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
    }

    private boolean fill() throws IOException {
        int read = in.read(buffer, 0, buffer.length);
        position = 0;
        limit = Math.max(read, 0);
        return read > 0;
    }

    private static int parseLength(String text, int radix) throws IOException {
        try {
            int length = Integer.parseInt(text.strip(), radix);
            if (length < 0) {
                throw new HttpFormatException(400, "negative length");
            }
            requireSize(length);
            return length;
        } catch (NumberFormatException e) {
            throw new HttpFormatException(400, "malformed length", e);
        }
    }

    private static void requireSize(int size) throws IOException {
        if (size > MAX_BODY) {
            throw new HttpFormatException(413, "Request Entity Too Large");
        }
    }
}
