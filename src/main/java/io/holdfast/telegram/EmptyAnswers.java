package io.holdfast.telegram;

import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Turns whatever the framework throws into an empty 404 or 503: no page, no stack trace, no hint. */
@Provider
public class EmptyAnswers implements ExceptionMapper<Throwable> {
    private static final Logger LOG = System.getLogger(EmptyAnswers.class.getName());
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof ClientErrorException) {
            return WebhookAnswer.UNKNOWN.toResponse();
        }
        LOG.log(Level.ERROR, "A delivery failed before it was read", failure);
        return WebhookAnswer.again(RETRY_AFTER).toResponse();
    }
}
