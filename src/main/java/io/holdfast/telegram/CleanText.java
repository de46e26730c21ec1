package io.holdfast.telegram;

/** Takes out of a text what Telegram does not take, so that what is sent is what is shown; pure. */
final class CleanText {
    private static final String REPLACEMENT = "\uFFFD";

    private CleanText() {}

    /** One kind of line end, tabs, no other control character, no broken surrogate, no embedding of a direction. */
    static String of(String written) {
        StringBuilder clean = new StringBuilder(written.length());
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (Character.isSurrogate(c)) {
                if (i + 1 < written.length() && Character.isSurrogatePair(c, written.charAt(i + 1))) {
                    clean.append(c).append(written.charAt(++i));
                } else {
                    clean.append(REPLACEMENT);
                }
            } else if (c != '\r' || i + 1 == written.length() || written.charAt(i + 1) != '\n') {
                add(clean, c);
            }
        }
        return clean.toString();
    }

    private static void add(StringBuilder clean, char c) {
        if (c == '\r' || c == '\u2028' || c == '\u2029') {
            clean.append('\n');
        } else if (c < ' ' && c != '\n' && c != '\t') {
            clean.append(' ');
        } else if (c < '\u202A' || c > '\u202E') {
            clean.append(c);
        }
    }
}
