package io.holdfast.lane;

/**
 * From which id on a bot's open updates are in the database alone: all of them until its lane is filled, later those that came
 * while memory was full. What is below is in memory, or has ended.
 *
 * <p>They are read without a lock. Whatever comes while they are read is left in the database as they are, so that it overtakes
 * nothing, and is read next. One thread reads at a time; thread-safe, never waits; plain Java.
 */
final class Backlog {
    static final long NOTHING = Long.MAX_VALUE;
    private static final long EVERYTHING = 1;

    private long from = EVERYTHING;
    private long leftMeanwhile = NOTHING;

    /** True where the update stays in the database: for older ones are there, or for memory is full. */
    synchronized boolean leaves(long inboxId, boolean full) {
        if (from == NOTHING && !full) {
            return false;
        }
        leave(inboxId);
        return true;
    }

    /** The same for one that may be older than what is in the database, and then need not wait for it. */
    synchronized boolean leavesDue(long inboxId, boolean full) {
        if (inboxId < from && !full) {
            return false;
        }
        leave(inboxId);
        return true;
    }

    private void leave(long inboxId) {
        from = Math.min(from, inboxId);
        leftMeanwhile = Math.min(leftMeanwhile, inboxId);
    }

    /** The lowest id that may be in the database alone, or {@link #NOTHING}. */
    synchronized long from() {
        return from;
    }

    /** Begins to read, and answers from which id on. */
    synchronized long beginReading() {
        leftMeanwhile = NOTHING;
        return from;
    }

    /** All below {@code next} was read and is queued; {@link #NOTHING} where there was no more. */
    synchronized void endReading(long next) {
        from = Math.min(next, leftMeanwhile);
    }
}
