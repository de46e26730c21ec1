package io.holdfast.dispatch;

import java.text.Normalizer;

/** Cleans what people wrote before anything reads it; pure. */
final class Hygiene {
    /** Telegram: 4096 UTF-16 units a message. */
    static final int LONGEST = 4096;

    private Hygiene() {}

    /** Without control characters (line ends and tabs stay) and broken surrogates, composed (NFC), at most 4096 units. */
    static String text(String written) {
        StringBuilder clean = new StringBuilder(written.length());
        written.codePoints().filter(Hygiene::belongs).forEach(clean::appendCodePoint);
        String composed = Normalizer.normalize(clean, Normalizer.Form.NFC);
        if (composed.length() <= LONGEST) {
            return composed;
        }
        int end = Character.isHighSurrogate(composed.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return composed.substring(0, end);
    }

    /** Also folds lookalikes of width and style (NFKC) and drops marks of direction: for the name of a command. */
    static String commandName(String written) {
        StringBuilder clean = new StringBuilder(written.length());
        Normalizer.normalize(written, Normalizer.Form.NFKC)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT)
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    private static boolean belongs(int c) {
        if (c == '\n' || c == '\t') {
            return true;
        }
        int type = Character.getType(c);
        return type != Character.CONTROL && type != Character.SURROGATE;
    }
}
