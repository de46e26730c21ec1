package io.holdfast.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionalException;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.hibernate.exception.GenericJDBCException;
import org.hibernate.exception.JDBCConnectionException;
import org.hibernate.exception.LockAcquisitionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnFailureTest {

    @ParameterizedTest
    @CsvSource({
        "08000, UNAVAILABLE",
        "08001, UNAVAILABLE",
        "08003, UNAVAILABLE",
        "08006, UNAVAILABLE",
        "08P01, UNAVAILABLE",
        "57P01, UNAVAILABLE",
        "57P02, UNAVAILABLE",
        "57P03, UNAVAILABLE",
        "57P05, UNAVAILABLE",
        "53000, UNAVAILABLE",
        "53100, UNAVAILABLE",
        "53200, UNAVAILABLE",
        "53300, UNAVAILABLE",
        "58030, UNAVAILABLE",
        "55000, UNAVAILABLE",
        "25006, UNAVAILABLE",
        "25P03, UNAVAILABLE",
        "40003, UNAVAILABLE",
        "40001, CONFLICT",
        "40P01, CONFLICT",
        "57014, TIMEOUT",
        "22001, INVALID",
        "22021, INVALID",
        "23505, INVALID",
        "23503, INVALID",
        "23514, INVALID",
        "25P02, INTERNAL",
        "42601, INTERNAL",
        "42P01, INTERNAL",
        "42501, INTERNAL",
        "XX000, INTERNAL",
        "P0001, INTERNAL",
        "'', INTERNAL"
    })
    void a_state_of_the_database_says_whose_failure_it_is(String state, ErrorCategory expected) {
        SQLException sql = new SQLException("no", state);
        assertThat(TurnFailure.category(sql)).isEqualTo(expected);
        assertThat(TurnFailure.category(new GenericJDBCException("no", sql))).isEqualTo(expected);
        assertThat(TurnFailure.category(new PersistenceException(new GenericJDBCException("no", sql))))
                .isEqualTo(expected);
        assertThat(TurnFailure.category(new IllegalStateException(new BatchUpdateException("no", state, null, sql))))
                .isEqualTo(expected);
        assertThat(TurnFailure.category(atCommit(sql))).isEqualTo(expected);
    }

    @Test
    void a_connection_without_a_state_was_not_there() {
        assertThat(TurnFailure.category(new JDBCConnectionException("no", new SQLException("no"))))
                .isEqualTo(ErrorCategory.UNAVAILABLE);
        assertThat(TurnFailure.category(new SQLTransientConnectionException("pool")))
                .isEqualTo(ErrorCategory.UNAVAILABLE);
    }

    @Test
    void a_deadlock_costs_no_attempt_however_it_is_wrapped() {
        ErrorCategory category =
                TurnFailure.category(new LockAcquisitionException("no", new SQLException("deadlock", "40P01")));
        assertThat(category.freeOfCharge()).isTrue();
    }

    @Test
    void a_failed_commit_is_judged_by_its_cause_and_without_one_the_connection_was_gone() {
        assertThat(TurnFailure.category(atCommit(new SQLException("late", "40001"))))
                .isEqualTo(ErrorCategory.CONFLICT);
        assertThat(TurnFailure.category(atCommit(new IllegalStateException("a handler's"))))
                .isEqualTo(ErrorCategory.UNAVAILABLE);
        assertThat(TurnFailure.category(new RuntimeException(new SystemException("gone"))))
                .isEqualTo(ErrorCategory.UNAVAILABLE);
    }

    @Test
    void a_known_failure_keeps_its_category_and_an_unknown_one_is_the_handlers() {
        assertThat(TurnFailure.category(
                        new RuntimeException(new HoldfastException(ErrorCategory.TIMEOUT, "ten seconds"))))
                .isEqualTo(ErrorCategory.TIMEOUT);
        assertThat(TurnFailure.category(new StackOverflowError())).isEqualTo(ErrorCategory.INTERNAL);
    }

    @Test
    void a_circle_of_causes_is_read_once() {
        RuntimeException one = new RuntimeException("one");
        RuntimeException other = new RuntimeException("other", one);
        one.initCause(other);
        assertThat(TurnFailure.category(one)).isEqualTo(ErrorCategory.INTERNAL);
    }

    private static TransactionalException atCommit(Exception cause) {
        RollbackException rolledBack = new RollbackException("commit");
        rolledBack.initCause(cause);
        return new TransactionalException("commit", rolledBack);
    }
}
