package io.holdfast.admin;

/** Every kind of error that REST answers with; the type is stable and listed in docs/reference/errors.md. */
enum AdminProblem {
    MALFORMED_JSON("admin:malformed-json", 400, "The body is not a JSON object"),
    INVALID_FIELDS("admin:invalid-fields", 400, "Fields of the request are not valid"),
    INVALID_PARAMETERS("admin:invalid-parameters", 400, "Parameters of the address are not valid"),
    BAD_REQUEST("admin:bad-request", 400, "The request is not valid"),
    UNAUTHENTICATED("admin:unauthenticated", 401, "A valid bearer token is needed"),
    BOOTSTRAP_REFUSED("admin:bootstrap-refused", 401, "The bootstrap secret is not valid or was used before"),
    NOT_FOUND("admin:not-found", 404, "There is nothing at this address"),
    METHOD_NOT_ALLOWED("admin:method-not-allowed", 405, "This address does not take this method"),
    NOT_ACCEPTABLE("admin:not-acceptable", 406, "The answer is JSON, which the request does not accept"),
    TOO_LARGE("admin:too-large", 413, "The body is larger than 256 KiB"),
    UNSUPPORTED_MEDIA_TYPE("admin:unsupported-media-type", 415, "The body must be uncompressed application/json"),
    TOO_BUSY("admin:too-busy", 429, "Too many such requests at once"),
    INTERNAL("admin:internal", 500, "The server failed"),
    UNAVAILABLE("admin:unavailable", 503, "The database cannot be reached"),
    OVERLOADED("admin:overloaded", 503, "The server has no room for this request now"),
    TENANT_NAME_TAKEN("tenant:name-taken", 409, "There is a tenant of this name"),
    TENANT_UNKNOWN("tenant:unknown", 400, "There is no such tenant"),
    TOKEN_MALFORMED("fleet:token-malformed", 400, "The token does not have a token's form"),
    TOKEN_UNAUTHORIZED("fleet:token-unauthorized", 400, "Telegram does not accept the token"),
    BOT_ALREADY_REGISTERED("fleet:already-registered", 409, "The bot is registered already"),
    FOREIGN_WEBHOOK("fleet:foreign-webhook", 409, "The bot's updates go elsewhere"),
    BOT_NOT_SUSPENDED("fleet:not-suspended", 409, "The bot is not suspended"),
    BOT_TOKEN_REFUSED("fleet:token-refused", 409, "Telegram still refuses the bot's token"),
    DEAD_LETTER_CLOSED("deadletter:closed", 409, "The dead letter is closed already"),
    DEAD_LETTER_EXPIRED("deadletter:expired", 409, "It is too late to answer what was parked"),
    DEAD_LETTER_IMPOSSIBLE("deadletter:impossible", 409, "The dead letter cannot be replayed"),
    SEND_NOT_UNCERTAIN("outbox:not-uncertain", 409, "The message is not uncertain"),
    TELEGRAM_UNREACHABLE("fleet:telegram-unreachable", 503, "Telegram gave no usable answer");

    private final String name;
    private final int status;
    private final String title;

    AdminProblem(String name, int status, String title) {
        this.name = name;
        this.status = status;
        this.title = title;
    }

    String type() {
        return "urn:holdfast:problem:" + name;
    }

    int status() {
        return status;
    }

    String title() {
        return title;
    }

    ProblemException because(String detail) {
        return new ProblemException(this, detail);
    }
}
