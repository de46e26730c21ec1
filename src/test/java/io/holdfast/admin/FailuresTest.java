package io.holdfast.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class FailuresTest {

    @Test
    void a_problem_stays_what_it_is_however_deep_it_is_wrapped() {
        Throwable wrapped = new IllegalStateException(new RuntimeException(AdminProblem.TOO_BUSY.because("later")));
        assertThat(Failures.asProblem(wrapped).problem()).isEqualTo(AdminProblem.TOO_BUSY);
    }

    @Test
    void a_database_that_is_away_is_no_failure_of_the_server() {
        assertThat(problemOf(new HoldfastException(ErrorCategory.UNAVAILABLE, "away")))
                .isEqualTo(AdminProblem.UNAVAILABLE);
        assertThat(problemOf(new RuntimeException(new SQLException("gone", "08006"))))
                .isEqualTo(AdminProblem.UNAVAILABLE);
        assertThat(problemOf(new RuntimeException(new SQLException("shutting down", "57P01"))))
                .isEqualTo(AdminProblem.UNAVAILABLE);
        assertThat(problemOf(new RuntimeException(new SQLException("This statement has been closed.", "55000"))))
                .isEqualTo(AdminProblem.UNAVAILABLE);
    }

    @Test
    void anything_else_is_internal_and_says_nothing_of_itself() {
        ProblemException problem =
                Failures.asProblem(new IllegalStateException("precious", new SQLException("duplicate", "23505")));
        assertThat(problem.problem()).isEqualTo(AdminProblem.INTERNAL);
        assertThat(problem).hasMessageNotContaining("precious").hasMessageNotContaining("duplicate");
    }

    @Test
    void a_failure_that_is_its_own_cause_ends() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);
        assertThat(problemOf(first)).isEqualTo(AdminProblem.INTERNAL);
    }

    private static AdminProblem problemOf(Throwable failure) {
        return Failures.asProblem(failure).problem();
    }
}
