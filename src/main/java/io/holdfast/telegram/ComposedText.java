package io.holdfast.telegram;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text of any length as Telegram takes it: up to five messages, or the beginning of it and a file with the whole; pure.
 *
 * @param parts none of them blank; none at all for a blank text
 * @param file the whole text, where it is too long for messages
 */
record ComposedText(List<RichText> parts, @Nullable TextFile file) {
    static final int MOST_PARTS = 5;
    /** Units of a source of Markdown that are parsed at most: what bounds the time. */
    static final int LONGEST_SOURCE = 32 * 1024;

    static final String NOTE = "\n\n… The whole text is in the file.";

    ComposedText {
        parts = List.copyOf(parts);
    }

    static ComposedText plain(String text) {
        String clean = CleanText.of(text);
        RichText whole = RichText.plain(clean);
        List<RichText> parts = TextSplitter.split(whole, MOST_PARTS + 1);
        return parts.size() <= MOST_PARTS
                ? new ComposedText(parts, null)
                : withFile(whole, new TextFile("answer.txt", clean));
    }

    static ComposedText markdown(String source) {
        String clean = CleanText.of(source);
        TextFile file = new TextFile("answer.md", clean);
        if (clean.length() > LONGEST_SOURCE) {
            RichText read = TextSplitter.beginning(RichText.plain(clean), TextSplitter.LONGEST);
            return read.isBlank() ? plain(source) : withFile(Markdown.render(read.text()), file);
        }
        RichText whole = Markdown.render(clean);
        List<RichText> parts = TextSplitter.split(whole, MOST_PARTS + 1);
        return parts.size() <= MOST_PARTS ? new ComposedText(parts, null) : withFile(whole, file);
    }

    private static ComposedText withFile(RichText whole, TextFile file) {
        RichText beginning = TextSplitter.beginning(whole, TextSplitter.LONGEST - NOTE.length());
        return new ComposedText(List.of(beginning.plus(RichText.plain(NOTE))), file.bounded());
    }
}
