package io.holdfast.telegram;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into messages: at most 4096 UTF-16 units and 100 entities each (Telegram); pure.
 *
 * <p>A cut is at the end of a paragraph, line, sentence or word where there is one, outside of styled ranges, and never inside
 * what people see as one character, unless that alone is longer than a message. A range that is longer than a message is
 * cut too, and its style goes on in the next part. No part is blank. Nothing is lost but white space at the cuts.
 */
final class TextSplitter {
    static final int LONGEST = 4096;
    static final int MOST_ENTITIES = 100;

    private final RichText whole;
    private final int longest;

    private TextSplitter(RichText whole, int longest) {
        this.whole = whole;
        this.longest = longest;
    }

    /** The first parts of the text, at most so many. */
    static List<RichText> split(RichText whole, int most) {
        TextSplitter splitter = new TextSplitter(whole, LONGEST);
        List<RichText> parts = new ArrayList<>();
        int from = 0;
        while (from < whole.text().length() && parts.size() < most) {
            int end = splitter.end(from);
            RichText part = whole.slice(from, end);
            if (!part.isBlank()) {
                parts.add(part);
            }
            from = splitter.next(end);
        }
        return parts;
    }

    /** As much of the beginning as fits into so many units. */
    static RichText beginning(RichText whole, int longest) {
        return whole.slice(0, new TextSplitter(whole, longest).end(0));
    }

    private int end(int from) {
        int limit = Math.min(entityLimit(from), from + longest);
        return limit >= whole.text().length() ? whole.text().length() : new CutFinder(whole, from, limit).cut();
    }

    /** A part does not begin with an empty line, which Telegram would keep inside a block of code. */
    private int next(int end) {
        int next = end;
        while (next < whole.text().length() && whole.text().charAt(next) == '\n') {
            next++;
        }
        return next;
    }

    /** Where the entity begins that would be one too many. */
    private int entityLimit(int from) {
        return whole.entities().stream()
                .filter(entity -> entity.end() > from)
                .skip(MOST_ENTITIES)
                .mapToInt(TextEntity::offset)
                .findFirst()
                .orElse(Integer.MAX_VALUE - LONGEST);
    }
}
