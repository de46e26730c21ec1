package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a call comes to: Telegram's JSON, and the few figures of it that the journal keeps. */
final class ApiResult {

    static final ApiResult TRUE = ok("true");

    private final int httpStatus;
    private final int errorCode;
    private final String description;
    private final String json;
    private final long messageId;
    private final int retryAfter;

    private ApiResult(int httpStatus, int errorCode, String description, String json, long messageId, int retryAfter) {
        this.httpStatus = httpStatus;
        this.errorCode = errorCode;
        this.description = description;
        this.json = json;
        this.messageId = messageId;
        this.retryAfter = retryAfter;
    }

    static ApiResult ok(String resultJson) {
        return message(resultJson, 0);
    }

    static ApiResult ok(String resultJson, String description) {
        String json = "{\"ok\":true,\"result\":" + resultJson + ",\"description\":" + Json.quoted(description) + "}";
        return new ApiResult(200, 0, "", json, 0, 0);
    }

    static ApiResult message(String resultJson, long messageId) {
        return new ApiResult(200, 0, "", "{\"ok\":true,\"result\":" + resultJson + "}", messageId, 0);
    }

    static ApiResult error(ApiException e) {
        return new ApiResult(e.code(), e.code(), e.description(), e.toJson(), 0, e.retryAfter());
    }

    static ApiResult error(int code, String description) {
        return error(new ApiException(code, description));
    }

    /** The same outcome for the journal, but told to the bot with another status and body. */
    ApiResult told(int status, String body) {
        return new ApiResult(status, errorCode, description, body, messageId, retryAfter);
    }

    /** What the journal keeps: the body is not held in memory. */
    ApiResult withoutBody() {
        return new ApiResult(httpStatus, errorCode, description, "", messageId, retryAfter);
    }

    HttpResponse toResponse() {
        HttpResponse response = HttpResponse.of(httpStatus, "application/json", json.getBytes(UTF_8));
        return retryAfter > 0 ? response.withHeader("Retry-After", Integer.toString(retryAfter)) : response;
    }

    HttpResponse toHtml() {
        return HttpResponse.of(httpStatus, "text/html", json.getBytes(UTF_8));
    }

    int httpStatus() {
        return httpStatus;
    }

    int errorCode() {
        return errorCode;
    }

    String description() {
        return description;
    }

    long messageId() {
        return messageId;
    }
}
