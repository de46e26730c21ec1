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
import java.util.Optional;
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

    @Inject
    private CurrentRequest current;

    @Override
    public void filter(ContainerRequestContext request) {
        if (isBootstrap(request)) {
            return;
        }
        current.cameFrom(operator(request.getHeaderString(HttpHeaders.AUTHORIZATION))
                .orElseThrow(
                        () -> AdminProblem.UNAUTHENTICATED.because("Send Authorization: Bearer and a valid token.")));
    }

    private Optional<String> operator(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        var matcher = FORM.matcher(header.strip());
        return matcher.matches() ? operators.holder(Sha256.of(matcher.group(1))) : Optional.empty();
    }

    private static boolean isBootstrap(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath().replaceAll("^/+|/+$", "");
        return "POST".equals(request.getMethod()) && "bootstrap".equals(path);
    }
}
