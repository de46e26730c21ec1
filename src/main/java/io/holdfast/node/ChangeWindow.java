package io.holdfast.node;

import io.holdfast.kernel.Changed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one node has seen of the changes, so that it is told of each once, however late its transaction commits.
 *
 * <p>A reading sees all changes of transactions below its {@code oldestOpen}, for those have ended. The next reading begins there: what
 * was open then has no lower number. In between stands what is seen again, which is remembered. For one thread.
 */
final class ChangeWindow {
    /** Half of the time for which changes are kept: what a slow transaction wrote is still there after it. */
    static final Duration LONGEST_ABSENCE = Duration.ofMinutes(5);

    /** A change as it is stored, with the number of the transaction that wrote it. */
    record Row(long transaction, long seq, Changed change) {}

    /**
     * All changes of transactions from a number on that were committed at one moment.
     *
     * @param oldestOpen every transaction with a lower number had ended
     * @param atMillis the moment, by the database's clock
     */
    record Reading(long oldestOpen, long atMillis, List<Row> rows) {}

    private final Map<Long, Long> seen = new HashMap<>();
    private boolean begun;
    private long from;
    private long atMillis;

    /** The lowest transaction whose changes the next reading has to bring. */
    long from() {
        return from;
    }

    /** The changes that no reading before brought; empty when there may be others that no reading will bring. */
    Optional<List<Changed>> take(Reading reading) {
        // Numbers that fall are those of another database, such as one from a backup.
        boolean whole =
                begun && reading.oldestOpen() >= from && reading.atMillis() - atMillis <= LONGEST_ABSENCE.toMillis();
        if (!whole) {
            seen.clear();
        }
        begun = true;
        from = reading.oldestOpen();
        atMillis = reading.atMillis();
        List<Changed> fresh = reading.rows().stream()
                .filter(row -> seen.putIfAbsent(row.seq(), row.transaction()) == null)
                .map(Row::change)
                .distinct()
                .toList();
        seen.values().removeIf(transaction -> transaction < from);
        return whole ? Optional.of(fresh) : Optional.empty();
    }
}
