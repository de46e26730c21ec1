package io.holdfast.telegram;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One of the three answers that Telegram gets; none has a body, since Telegram would execute one. */
record WebhookAnswer(int status, @Nullable Long retryAfterSeconds) {
    static final WebhookAnswer ACKNOWLEDGED = new WebhookAnswer(200, null);
    static final WebhookAnswer UNKNOWN = new WebhookAnswer(404, null);

    /** Asks for the same update again, rounded up to whole seconds. */
    static WebhookAnswer again(Duration after) {
        return new WebhookAnswer(503, Math.max(1, after.plusMillis(999).toSeconds()));
    }

    Response toResponse() {
        Response.ResponseBuilder response = Response.status(status);
        if (retryAfterSeconds != null) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfterSeconds);
        }
        return response.build();
    }
}
