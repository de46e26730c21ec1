package io.holdfast.simulator;

/** Telegram says no; carries what its answer carries. Made without a stack trace, since it is an ordinary answer. */
final class ApiException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String description;
    private final int retryAfter;
    private final long migrateToChatId;

    ApiException(int code, String description) {
        this(code, description, 0, 0);
    }

    private ApiException(int code, String description, int retryAfter, long migrateToChatId) {
        super(description, null, false, false);
        this.code = code;
        this.description = description;
        this.retryAfter = retryAfter;
        this.migrateToChatId = migrateToChatId;
    }

    static ApiException bad(String description) {
        return new ApiException(400, "Bad Request: " + description);
    }

    static ApiException forbidden(String description) {
        return new ApiException(403, "Forbidden: " + description);
    }

    static ApiException conflict(String description) {
        return new ApiException(409, "Conflict: " + description);
    }

    static ApiException tooMany(int retryAfter) {
        return new ApiException(429, "Too Many Requests: retry after " + retryAfter, retryAfter, 0);
    }

    static ApiException migrated(long toChatId) {
        return new ApiException(400, "Bad Request: group chat was upgraded to a supergroup chat", 0, toChatId);
    }

    String toJson() {
        StringBuilder out = new StringBuilder("{\"ok\":false");
        Json.raw(out, "error_code", code);
        Json.text(out, "description", description);
        if (retryAfter > 0) {
            Json.raw(out, "parameters", "{\"retry_after\":" + retryAfter + "}");
        } else if (migrateToChatId != 0) {
            Json.raw(out, "parameters", "{\"migrate_to_chat_id\":" + migrateToChatId + "}");
        }
        return out.append('}').toString();
    }

    int code() {
        return code;
    }

    String description() {
        return description;
    }

    int retryAfter() {
        return retryAfter;
    }
}
