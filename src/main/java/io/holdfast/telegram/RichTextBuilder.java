package io.holdfast.telegram;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects a text and its styles by Telegram's rules of nesting: no style inside the same style, nothing inside code, and code
 * inside nothing but a quotation. In a link the link wins over the code.
 */
final class RichTextBuilder {

    /** A style whose end has not come yet; {@code from} moves on when code interrupts it. */
    private static final class Open {
        private final TextStyle style;
        private final String detail;
        private final boolean shown;
        private int from;

        Open(TextStyle style, String detail, boolean shown, int from) {
            this.style = style;
            this.detail = detail;
            this.shown = shown;
            this.from = from;
        }
    }

    private final StringBuilder text = new StringBuilder();
    private final List<Open> open = new ArrayList<>();
    private final List<TextEntity> entities = new ArrayList<>();

    RichTextBuilder append(String more) {
        text.append(more);
        return this;
    }

    int length() {
        return text.length();
    }

    String since(int from) {
        return text.substring(from);
    }

    void open(TextStyle style, String detail) {
        open.add(new Open(style, detail, !isOpen(style), text.length()));
    }

    void close() {
        end(open.removeLast());
    }

    void code(TextStyle style, String detail, String code) {
        if (isOpen(TextStyle.TEXT_LINK)) {
            append(code);
            return;
        }
        List<Open> interrupted =
                open.stream().filter(o -> o.style != TextStyle.BLOCKQUOTE).toList();
        interrupted.forEach(this::end);
        open(style, detail);
        append(code);
        close();
        interrupted.forEach(o -> o.from = text.length());
    }

    RichText build() {
        return new RichText(text.toString(), entities).slice(0, text.length());
    }

    private boolean isOpen(TextStyle style) {
        return open.stream().anyMatch(o -> o.style == style && o.shown);
    }

    private void end(Open style) {
        if (style.shown && text.length() > style.from) {
            entities.add(new TextEntity(style.style, style.from, text.length() - style.from, style.detail));
        }
    }
}
