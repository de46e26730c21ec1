package io.holdfast.admin;

import io.holdfast.admin.Problem.FieldError;
import java.util.List;

/** Ends a request with a problem document. */
class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final AdminProblem problem;
    private final transient List<FieldError> errors;

    ProblemException(AdminProblem problem, String detail) {
        this(problem, detail, List.of());
    }

    ProblemException(AdminProblem problem, String detail, List<FieldError> errors) {
        super(detail, null, false, false);
        this.problem = problem;
        this.errors = List.copyOf(errors);
    }

    AdminProblem problem() {
        return problem;
    }

    String detail() {
        return getMessage() == null ? problem.title() : getMessage();
    }

    List<FieldError> errors() {
        return errors;
    }
}
