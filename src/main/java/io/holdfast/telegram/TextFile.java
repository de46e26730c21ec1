package io.holdfast.telegram;

/** A text that is sent as a document. */
record TextFile(String name, String text) {
    /** Telegram takes 50 MB; the text also lies in a row of the outbox. */
    static final int LONGEST = 4 * 1024 * 1024;

    /** The same, ended with a line that says so where it is longer than a file may be. */
    TextFile bounded() {
        if (text.length() <= LONGEST) {
            return this;
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        String cut = "\n… Cut here: %d of %d characters.\n".formatted(end, text.length());
        return new TextFile(name, text.substring(0, end) + cut);
    }
}
