package io.holdfast.simulator;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A text without its markup, and what the markup said.
 *
 * @param text plain text
 * @param entities in the order of their offsets
 */
record ParsedText(String text, List<Entity> entities) {

    /** One MessageEntity; {@code extra} holds further members as JSON without braces. */
    record Entity(String type, int offset, int length, String extra) {

        String json() {
            StringBuilder out = new StringBuilder("{");
            Json.raw(out, "offset", offset);
            Json.raw(out, "length", length);
            Json.text(out, "type", type);
            return (extra.isEmpty() ? out : out.append(',').append(extra))
                    .append('}')
                    .toString();
        }
    }

    /** Telegram cuts white space off both ends; entities move along and shrink. */
    ParsedText trimmed() {
        int start = 0;
        int end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(text.charAt(end - 1))) {
            end--;
        }
        List<Entity> kept = new ArrayList<>();
        for (Entity entity : entities) {
            int from = Math.max(entity.offset(), start);
            int to = Math.min(entity.offset() + entity.length(), end);
            if (to > from) {
                kept.add(new Entity(entity.type(), from - start, to - from, entity.extra()));
            }
        }
        kept.sort(Comparator.comparingInt(Entity::offset).thenComparing(Entity::length, Comparator.reverseOrder()));
        return new ParsedText(text.substring(start, end), kept);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\n';
    }

    /** JSON array, empty when there is nothing to say. */
    String entitiesJson() {
        if (entities.isEmpty()) {
            return "";
        }
        StringBuilder out = new StringBuilder("[");
        for (Entity entity : entities) {
            (out.length() > 1 ? out.append(',') : out).append(entity.json());
        }
        return out.append(']').toString();
    }
}
