package io.holdfast.admin;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.ext.Provider;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Gives each request an id, the caller's own where it has a harmless form, and answers with it. */
@Provider
@PreMatching
@Priority(1)
@ApplicationScoped
public class RequestIdFilter implements ContainerRequestFilter, ContainerResponseFilter {
    static final String HEADER = "X-Request-Id";
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Inject
    private CurrentRequest current;

    @Inject
    private SecureRandom random;

    @Override
    public void filter(ContainerRequestContext request) {
        String id = idFor(request.getHeaderString(HEADER), random);
        current.begin(id, request.getMethod(), "-");
        try {
            String path = request.getUriInfo().getRequestUri().getRawPath();
            current.begin(id, request.getMethod(), path);
        } catch (IllegalArgumentException e) {
            throw AdminProblem.BAD_REQUEST.because("The address holds a percent sign that encodes nothing.");
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(HEADER, current.id());
        response.getHeaders().putSingle("Cache-Control", "no-store");
    }

    static String idFor(@Nullable String sent, SecureRandom random) {
        return sent != null && HARMLESS.matcher(sent).matches() ? sent : RandomText.urlSafe(random, 9);
    }
}
