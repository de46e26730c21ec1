package io.holdfast.dispatch;

import io.holdfast.database.EngineDatabase;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import java.sql.SQLException;

/** Reads from an exception what kind of failure it is; pure. */
final class TurnFailure {

    /** A chain of causes may be a circle. */
    private static final int DEEPEST = 50;

    private TurnFailure() {}

    /**
     * The category of the first cause that has one; what is unknown is the handler's own failure.
     *
     * <p>What the container says of a commit counts last: its cause, where it has one, knows better.
     */
    static ErrorCategory category(Throwable failure) {
        ErrorCategory otherwise = ErrorCategory.INTERNAL;
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < DEEPEST; cause = cause.getCause()) {
            depth++;
            if (cause instanceof HoldfastException known) {
                return known.category();
            }
            if (cause instanceof SQLException sql) {
                return EngineDatabase.failed(sql).category();
            }
            if (cause instanceof RollbackException || cause instanceof SystemException) {
                // The commit failed without a reason of the database's: the connection was gone.
                otherwise = ErrorCategory.UNAVAILABLE;
            }
        }
        return otherwise;
    }

    /** What may stand in the row: our own words, or the exception's kind; never its text, which may hold what users wrote. */
    static String described(Throwable failure) {
        return failure instanceof HoldfastException known
                ? String.valueOf(known.getMessage())
                : failure.getClass().getSimpleName();
    }
}
