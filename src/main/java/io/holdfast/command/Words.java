package io.holdfast.command;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a line of arguments word by word; quotes keep words together. */
final class Words {
    private final String text;
    private int at;

    Words(String text) {
        this.text = text;
        skipSpace();
    }

    boolean hasMore() {
        return at < text.length();
    }

    /** Steps over {@code name=} when one of the names stands here, and answers it. */
    @Nullable
    String nameOf(List<String> names) {
        for (String name : names) {
            if (text.startsWith(name + "=", at)) {
                at += name.length() + 1;
                return name;
            }
        }
        return null;
    }

    String next() {
        if (!hasMore()) {
            return "";
        }
        char first = text.charAt(at);
        String word = first == '"' || first == '“' || first == '„' ? quoted(first) : plain();
        skipSpace();
        return word;
    }

    /** All that is left, as it was written. */
    String rest() {
        String rest = text.substring(at);
        at = text.length();
        return rest;
    }

    private String plain() {
        int from = at;
        while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private String quoted(char opening) {
        int close = at + 1;
        while (close < text.length() && !closes(opening, text.charAt(close))) {
            close++;
        }
        if (close == text.length()) {
            return plain();
        }
        String word = text.substring(at + 1, close);
        at = close + 1;
        return word;
    }

    /** Phones turn straight quotes into typographic ones. */
    private static boolean closes(char opening, char c) {
        return switch (opening) {
            case '“' -> c == '”';
            case '„' -> c == '“' || c == '”';
            default -> c == '"';
        };
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
