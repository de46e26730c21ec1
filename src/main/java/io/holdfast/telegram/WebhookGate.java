package io.holdfast.telegram;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;

/** Lets nothing pass but a POST to a route; all else gets the empty 404 of an unknown route. */
@Provider
@PreMatching
public class WebhookGate implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        if (!request.getMethod().equals(HttpMethod.POST)
                || request.getUriInfo().getPathSegments().size() != 1) {
            request.abortWith(WebhookAnswer.UNKNOWN.toResponse());
        }
    }
}
