package io.holdfast.lane;

import java.util.concurrent.locks.Condition;

/** Who waits for a time, and is woken when it becomes an earlier one. All is called with the condition's lock held. */
final class Waiters {
    private final Condition changed;
    private int waiting;
    private long awaited;

    Waiters(Condition changed) {
        this.changed = changed;
    }

    /** Waits until the time or until woken, whatever comes first, or for no reason at all. */
    @SuppressWarnings("WaitNotInLoop") // The loop is the caller's, who asks anew for the time.
    void await(long until, long now) throws InterruptedException {
        awaited = until;
        waiting++;
        try {
            if (until == TimedRing.NEVER) {
                changed.await();
            } else {
                changed.awaitNanos(until - now);
            }
        } finally {
            waiting--;
        }
    }

    /** Wakes one when there is something for him earlier than he knows. */
    void wake(long earliest) {
        if (waiting > 0 && earliest < awaited) {
            awaited = TimedRing.NOW;
            changed.signal();
        }
    }

    /** One of them goes: the next may know of a later time only. */
    void leave(long earliest) {
        awaited = TimedRing.NEVER;
        wake(earliest);
    }

    void wakeAll() {
        changed.signalAll();
    }
}
