package io.holdfast.admin;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.SecureRandom;

/**
 * Answers what the server refuses before any resource sees it, in place of the server's own page, which would show its stack.
 *
 * <p>A problem document as everywhere else; but nothing below /telegram, since Telegram would execute a body.
 */
@WebServlet("/error-page")
public class ErrorPage extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    private transient SecureRandom random;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        int status = request.getDispatcherType() == DispatcherType.ERROR
                        && request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
                ? code
                : HttpServletResponse.SC_NOT_FOUND;
        if (String.valueOf(request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI))
                .startsWith("/telegram")) {
            response.setStatus(status);
            return;
        }
        String id = RequestIdFilter.idFor(request.getHeader(RequestIdFilter.HEADER), random);
        ProblemException failure = Failures.ofStatus(status);
        AdminProblem problem = failure.problem();
        response.setStatus(problem.status());
        response.setContentType("application/problem+json");
        response.setHeader(RequestIdFilter.HEADER, id);
        response.getOutputStream()
                .write(Json.MAPPER.writeValueAsBytes(new Problem(
                        problem.type(), problem.title(), problem.status(), failure.detail(), id, null, null)));
    }
}
