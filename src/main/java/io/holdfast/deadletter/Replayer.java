package io.holdfast.deadletter;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Puts parked work back into the queue that it came from; each queue has its own. */
public interface Replayer {

    /** The queue whose work this is. */
    ParkedWork.Queue queue();

    /**
     * Starts a new chain of attempts under the same key, in the caller's transaction, and makes it due now.
     *
     * <p>A replay is out of order by nature: what came later may have had its turn already.
     *
     * @param evenIfExpired true to replay what nobody may be able to answer any more
     * @return Done, Expired or Impossible; where it is not Done, nothing was written
     */
    LetterOutcome replay(Connection connection, Letter letter, boolean evenIfExpired) throws SQLException;

    /** The bytes of the parked work; null when they are gone. */
    byte @Nullable [] payload(Connection connection, Letter letter) throws SQLException;
}
