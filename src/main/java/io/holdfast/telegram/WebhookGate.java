package io.holdfast.telegram;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/**
 * Lets nothing pass but a POST to a route, and takes away the headers by which the framework would refuse a delivery.
 *
 * <p>A malformed Content-Type or Accept would end in an answer that is neither 200 nor 503; none of them matters here.
 */
@Provider
@PreMatching
public class WebhookGate implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if (!request.getMethod().equals(HttpMethod.POST)
                || request.getUriInfo().getPathSegments().size() != 1) {
            request.abortWith(WebhookAnswer.UNKNOWN.toResponse());
            return;
        }
        request.getHeaders().putSingle(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_OCTET_STREAM);
        request.getHeaders().remove(HttpHeaders.ACCEPT);
        request.getHeaders().remove(HttpHeaders.ACCEPT_CHARSET);
        request.getHeaders().remove(HttpHeaders.ACCEPT_ENCODING);
        request.getHeaders().remove(HttpHeaders.ACCEPT_LANGUAGE);
    }
}
