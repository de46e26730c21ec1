package io.holdfast.telegram;

import org.jspecify.annotations.Nullable;

/** How one HTTP call to the Bot API ended, before anybody asked what the answer means. */
sealed interface ApiAnswer {

    /** A whole answer, of whatever status and content. */
    record Answered(int status, byte[] body, @Nullable Integer retryAfterHeader) implements ApiAnswer {}

    /**
     * No whole answer.
     *
     * @param timeout tells waiting in vain from a broken connection
     * @param reason our own words and at most the name of an exception: never its message, which may quote the URL
     */
    record Broken(Phase phase, boolean timeout, String reason) implements ApiAnswer {}

    /** How far the request got. */
    enum Phase {
        /** No byte of it left: it was surely not taken. */
        NOT_SENT,
        /** At least one byte may have left: it may have been taken. */
        AFTER_FIRST_BYTE
    }
}
