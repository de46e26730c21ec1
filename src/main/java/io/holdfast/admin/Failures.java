package io.holdfast.admin;

import io.holdfast.database.EngineDatabase;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import jakarta.ws.rs.WebApplicationException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientException;

/** Says of any failure which problem it is; nothing of an unexpected failure's text reaches the caller. */
final class Failures {
    private static final int DEEPEST_CAUSE = 20;

    private Failures() {}

    static ProblemException asProblem(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof ProblemException problem) {
                return problem;
            }
            if (cause instanceof WebApplicationException web) {
                return ofStatus(web.getResponse().getStatus());
            }
            if (databaseAway(cause)) {
                return AdminProblem.UNAVAILABLE.because("The database cannot be reached; try again in a few seconds.");
            }
            cause = cause.getCause();
        }
        return AdminProblem.INTERNAL.because("The server failed; the incident id finds the reason in its log.");
    }

    static ProblemException ofStatus(int status) {
        return switch (status) {
            case 401 -> AdminProblem.UNAUTHENTICATED.because("Send Authorization: Bearer and a valid token.");
            case 404 -> AdminProblem.NOT_FOUND.because("There is nothing at this address.");
            case 405 -> AdminProblem.METHOD_NOT_ALLOWED.because("The Allow header names the methods of this address.");
            case 406 -> AdminProblem.NOT_ACCEPTABLE.because("Accept application/json.");
            case 413 -> AdminProblem.TOO_LARGE.because("Send at most 256 KiB.");
            case 415 -> AdminProblem.UNSUPPORTED_MEDIA_TYPE.because("Send Content-Type: application/json.");
            case 503 -> AdminProblem.UNAVAILABLE.because("Try again in a few seconds.");
            default ->
                status < 500
                        ? AdminProblem.BAD_REQUEST.because("The request is not valid HTTP for this address.")
                        : AdminProblem.INTERNAL.because("The server failed.");
        };
    }

    private static boolean databaseAway(Throwable cause) {
        if (cause instanceof HoldfastException holdfast) {
            return holdfast.category() == ErrorCategory.UNAVAILABLE;
        }
        if ((cause instanceof SQLTransientException && !(cause instanceof SQLTransactionRollbackException))
                || cause instanceof SQLNonTransientConnectionException
                || cause instanceof SQLRecoverableException) {
            return true;
        }
        return cause instanceof SQLException sql && EngineDatabase.failed(sql).category() == ErrorCategory.UNAVAILABLE;
    }
}
