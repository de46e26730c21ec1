package io.holdfast.telegram;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;

/**
 * A range of a text that is shown in a style, in UTF-16 units as Telegram counts.
 *
 * @param detail the address of a link, the language of a block of code; otherwise empty
 */
record TextEntity(TextStyle style, int offset, int length, String detail) {
    /** Outer before inner. */
    static final Comparator<TextEntity> ORDER = Comparator.comparingInt(TextEntity::offset)
            .thenComparing(TextEntity::length, Comparator.reverseOrder())
            .thenComparing(TextEntity::style);

    int end() {
        return offset + length;
    }

    void writeTo(ObjectNode json) {
        json.put("type", style.type()).put("offset", offset).put("length", length);
        if (style == TextStyle.TEXT_LINK) {
            json.put("url", detail);
        } else if (style == TextStyle.PRE && !detail.isEmpty()) {
            json.put("language", detail);
        }
    }
}
