package io.holdfast.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plain text that a markup parser has read so far, and the entities it has opened and closed in it. */
final class EntityCollector {

    /** An entity whose end has not come yet. */
    record Open(String tag, String type, String extra, int offset, int sourceOffset) {}

    private final StringBuilder text = new StringBuilder();
    private final List<ParsedText.Entity> done = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();

    void append(char c) {
        text.append(c);
    }

    void append(String more) {
        text.append(more);
    }

    void open(String tag, String type, String extra, int sourceOffset) {
        open.push(new Open(tag, type, extra, text.length(), sourceOffset));
    }

    @Nullable
    Open innermost() {
        return open.peek();
    }

    void close(String extra) {
        Open closed = open.pop();
        int length = text.length() - closed.offset();
        if (length > 0 && !closed.type().isEmpty()) {
            done.add(new ParsedText.Entity(
                    closed.type(), closed.offset(), length, extra.isEmpty() ? closed.extra() : extra));
        }
    }

    int length() {
        return text.length();
    }

    ParsedText toParsedText() {
        return new ParsedText(text.toString(), done);
    }

    static ApiException cannotParse(String reason) {
        return ApiException.bad("can't parse entities: " + reason);
    }

    static String member(String name, String value) {
        return Json.text(new StringBuilder(), name, value).toString();
    }
}
