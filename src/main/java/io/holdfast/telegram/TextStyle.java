package io.holdfast.telegram;

import java.util.Locale;

/** How Telegram can show a range of a text; the types of MessageEntity that we write, those that hold others first. */
enum TextStyle {
    BLOCKQUOTE,
    TEXT_LINK,
    BOLD,
    ITALIC,
    STRIKETHROUGH,
    SPOILER,
    CODE,
    PRE;

    /** Telegram's name of it. */
    String type() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** White space at its beginning means something: the indentation of a line of code, or of the code in a quotation. */
    boolean keepsIndentation() {
        return this == BLOCKQUOTE || this == CODE || this == PRE;
    }
}
