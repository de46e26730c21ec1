package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads multipart/form-data; of a file only its name and size are kept. */
final class Multipart {

    private Multipart() {}

    static void parse(String contentType, byte[] body, Map<String, String> values) throws ApiException {
        String boundary = attribute(contentType, "boundary");
        if (boundary == null) {
            throw ApiException.bad("can't find multipart boundary");
        }
        String text = new String(body, ISO_8859_1);
        String mark = "--" + boundary;
        int start = text.indexOf(mark);
        while (start >= 0) {
            start += mark.length();
            int end = text.indexOf("\r\n" + mark, start);
            if (end < 0) {
                return;
            }
            part(text.substring(start, end), values);
            start = end + 2;
        }
    }

    private static void part(String part, Map<String, String> values) throws ApiException {
        int blank = part.indexOf("\r\n\r\n");
        if (blank < 0) {
            return;
        }
        String head = part.substring(0, blank);
        String content = part.substring(blank + 4);
        String name = attribute(head, "name");
        if (name == null) {
            return;
        }
        String file = attribute(head, "filename");
        if (file == null) {
            values.put(name, RawParameters.utf8(content.getBytes(ISO_8859_1)));
        } else {
            values.put(
                    name,
                    "{\"file_name\":" + Json.quoted(RawParameters.utf8(file.getBytes(ISO_8859_1))) + ",\"file_size\":"
                            + content.length() + "}");
        }
    }

    private static @Nullable String attribute(String header, String name) {
        int at = -1;
        do {
            at = header.indexOf(name + "=", at + 1);
        } while (at > 0 && "; \t".indexOf(header.charAt(at - 1)) < 0);
        if (at < 0) {
            return null;
        }
        int start = at + name.length() + 1;
        if (start < header.length() && header.charAt(start) == '"') {
            int end = header.indexOf('"', start + 1);
            return end < 0 ? null : header.substring(start + 1, end);
        }
        int end = start;
        while (end < header.length() && ";\r\n".indexOf(header.charAt(end)) < 0) {
            end++;
        }
        return header.substring(start, end).strip();
    }
}
