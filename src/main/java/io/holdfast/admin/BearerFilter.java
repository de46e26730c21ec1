package io.holdfast.admin;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lets only holders of a valid token in, to every address but the bootstrap; unknown addresses do not show to others. */
@Provider
@PreMatching
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class BearerFilter implements ContainerRequestFilter {
    private static final Pattern FORM = Pattern.compile("(?i)bearer +([A-Za-z0-9_-]{43})");

    @Inject
    private OperatorStore operators;

    @Override
    public void filter(ContainerRequestContext request) {
        if (isBootstrap(request)) {
            return;
        }
        if (!valid(request.getHeaderString(HttpHeaders.AUTHORIZATION))) {
            throw AdminProblem.UNAUTHENTICATED.because("Send Authorization: Bearer and a valid token.");
        }
    }

    private boolean valid(@Nullable String header) {
        if (header == null) {
            return false;
        }
        var matcher = FORM.matcher(header.strip());
        return matcher.matches() && operators.holdsToken(Sha256.of(matcher.group(1)));
    }

    private static boolean isBootstrap(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath().replaceAll("^/+|/+$", "");
        return "POST".equals(request.getMethod()) && "bootstrap".equals(path);
    }
}
