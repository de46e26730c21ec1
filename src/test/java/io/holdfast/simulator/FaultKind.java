package io.holdfast.simulator;

/** What can go wrong on purpose; the kinds that begin with WEBHOOK concern deliveries, the others calls. */
public enum FaultKind {
    /** 429 with retry_after; the call is not applied. */
    RATE_LIMIT,
    /** 500, 502, 503 or 504 as Telegram's JSON; not applied unless told so. */
    SERVER_ERROR,
    /** 502 with a page of HTML; not applied unless told so. */
    HTML,
    /** 200 with an empty body; applied. */
    EMPTY,
    /** 200, the whole Content-Length promised, half of the body, end of connection; applied. */
    HALF_JSON,
    /** 200 with {@code "ok":false}; not applied. */
    NOT_OK,
    /** RST without an answer; nothing applied, nothing in the journal. */
    RESET_BEFORE,
    /** Applied and in the journal, then RST without an answer. */
    RESET_AFTER,
    /** Applied; the body comes one byte at a time. */
    DRIP,
    /** Applied; the answer comes late. */
    DELAY,
    /** The update is sent later. */
    WEBHOOK_DELAY,
    /** The update is sent twice. */
    WEBHOOK_DUPLICATE,
    /** The connection ends in the middle of the update. */
    WEBHOOK_DROP;

    boolean isOfDeliveries() {
        return name().startsWith("WEBHOOK");
    }

    boolean appliesByDefault() {
        return switch (this) {
            case EMPTY, HALF_JSON, RESET_AFTER, DRIP, DELAY -> true;
            default -> false;
        };
    }
}
