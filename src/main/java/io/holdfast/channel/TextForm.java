package io.holdfast.channel;

/** How a text is written, and so how a channel shows it. */
public enum TextForm {
    /** Shown as it is. */
    PLAIN,
    /** CommonMark with {@code ~~strikethrough~~} and {@code ||spoiler||}. */
    MARKDOWN
}
