package io.holdfast.telegram;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text and the styles of its ranges.
 *
 * @param entities outer before inner, properly nested; none is empty or white space alone
 */
record RichText(String text, List<TextEntity> entities) {

    RichText {
        entities = List.copyOf(entities);
    }

    static RichText plain(String text) {
        return new RichText(text, List.of());
    }

    /** The range without the white space that Telegram would cut off; styles that go beyond it end at its ends. */
    RichText slice(int from, int to) {
        int end = to;
        while (end > from && isTrimmed(text.charAt(end - 1))) {
            end--;
        }
        List<TextEntity> inside = new ArrayList<>();
        for (TextEntity entity : entities) {
            clipped(entity, from, end).ifPresent(inside::add);
        }
        inside.sort(TextEntity.ORDER);
        // Telegram: white space goes off the front as far as the first entity.
        int firstEntity = inside.isEmpty() ? end : inside.getFirst().offset();
        int start = from;
        while (start < firstEntity && isTrimmed(text.charAt(start))) {
            start++;
        }
        return new RichText(text.substring(start, end), moved(inside, -start));
    }

    /** The two one after another. */
    RichText plus(RichText other) {
        List<TextEntity> both = new ArrayList<>(entities);
        both.addAll(moved(other.entities, text.length()));
        return new RichText(text + other.text, both);
    }

    /** True where Telegram would find the message empty. */
    boolean isBlank() {
        return isBlank(text);
    }

    static boolean isBlank(String text) {
        return text.codePoints().allMatch(RichText::isUnseen);
    }

    private Optional<TextEntity> clipped(TextEntity entity, int from, int to) {
        int begin = Math.max(entity.offset(), from);
        int end = Math.min(entity.end(), to);
        while (end > begin && isTrimmed(text.charAt(end - 1))) {
            end--;
        }
        while (begin < end && isTrimmed(text.charAt(begin)) && !entity.style().keepsIndentation()) {
            begin++;
        }
        return begin >= end
                ? Optional.empty()
                : Optional.of(new TextEntity(entity.style(), begin, end - begin, entity.detail()));
    }

    private static List<TextEntity> moved(List<TextEntity> entities, int by) {
        return entities.stream()
                .map(e -> new TextEntity(e.style(), e.offset() + by, e.length(), e.detail()))
                .toList();
    }

    private static boolean isTrimmed(char c) {
        return c == ' ' || c == '\n' || c == '\t';
    }

    private static boolean isUnseen(int c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.getType(c) == Character.FORMAT
                || c == 0x2800; // the empty pattern of Braille
    }
}
