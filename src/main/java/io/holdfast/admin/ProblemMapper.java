package io.holdfast.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers every failure with a problem document and leaves one line in the log. */
@Provider
@ApplicationScoped
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

    @Inject
    private CurrentRequest request;

    @Inject
    private SecureRandom random;

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof WebApplicationException web && web.getResponse().getStatus() < 400) {
            return web.getResponse();
        }
        ProblemException problem = Failures.asProblem(failure);
        String incident = problem.problem() == AdminProblem.INTERNAL ? RandomText.urlSafe(random, 9) : null;
        log(problem, incident, failure);
        Response.ResponseBuilder answer = Response.status(problem.problem().status())
                .type("application/problem+json")
                .entity(document(problem, incident));
        switch (problem.problem()) {
            case UNAUTHENTICATED -> answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"holdfast\"");
            case UNAVAILABLE, OVERLOADED, TELEGRAM_UNREACHABLE -> answer.header(HttpHeaders.RETRY_AFTER, "5");
            case TOO_BUSY -> answer.header(HttpHeaders.RETRY_AFTER, "1");
            case METHOD_NOT_ALLOWED -> allow(answer, failure);
            default -> {}
        }
        return answer.build();
    }

    private static void allow(Response.ResponseBuilder answer, Throwable failure) {
        if (failure instanceof WebApplicationException web) {
            answer.header(HttpHeaders.ALLOW, web.getResponse().getHeaderString(HttpHeaders.ALLOW));
        }
    }

    private Problem document(ProblemException failure, @Nullable String incident) {
        AdminProblem problem = failure.problem();
        List<Problem.FieldError> errors = failure.errors().isEmpty() ? null : failure.errors();
        return new Problem(
                problem.type(), problem.title(), problem.status(), failure.detail(), request.id(), incident, errors);
    }

    private void log(ProblemException problem, @Nullable String incident, Throwable failure) {
        String line = "%s %s %s -> %d %s%s"
                .formatted(
                        request.id(),
                        request.method(),
                        request.path(),
                        problem.problem().status(),
                        problem.problem().type(),
                        incident == null ? "" : " incident " + incident);
        if (incident != null) {
            LOG.log(Level.ERROR, line, failure);
        } else {
            LOG.log(problem.problem().status() >= 500 ? Level.WARNING : Level.INFO, line);
        }
    }
}
