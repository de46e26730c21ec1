package io.holdfast.kernel;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Places of the data's way at which a test can end the process, as a power cut would; nothing happens there in production.
 *
 * <p>Off, and free of cost, unless the JVM was started with {@code -Drig.crash=NAME:N}: then the N-th hit of that place ends
 * the process at once, without a shutdown hook. With {@code NAME:N:OTHER:M} hits count only after the M-th of the other place.
 */
public final class CrashPoint {
    /** All places, in the order of the data's way. */
    public static final List<String> NAMES = List.of(
            "before-t1",
            "after-t1-commit",
            "after-hand-on",
            "before-200",
            "before-claim",
            "after-claim",
            "after-handler",
            "before-t2-commit",
            "after-shared-handlers",
            "before-shared-claim",
            "after-shared-claim",
            "before-shared-commit",
            "after-t2-commit",
            "after-messages-queued",
            "before-failure-written",
            "after-failure-written",
            "before-t3",
            "after-t3-commit",
            "before-first-byte",
            "after-call",
            "before-t4",
            "after-t4-commit",
            "after-due-taken",
            "after-due-handed-on",
            "after-join",
            "after-lease",
            "after-mark-lost",
            "after-load",
            "after-mark",
            "after-suspect",
            "before-floors",
            "after-floors",
            "before-release",
            "after-release-due",
            "after-release");

    /** What a shell reports of a process that was killed by SIGKILL. */
    private static final int KILLED = 137;

    private static final String WANTED = System.getProperty("rig.crash", "");
    private static final boolean ON = !WANTED.isEmpty();
    private static final Countdown ARMED = Countdown.of(WANTED, 2);
    private static final Countdown END = Countdown.of(WANTED, 0);

    /** So many hits of one place; over from the last of them on. */
    private record Countdown(String name, AtomicInteger left) {

        /** Of the two parts that begin there; over already where they are not there. */
        static Countdown of(String wanted, int part) {
            String[] parts = wanted.split(":", -1);
            return parts.length > part + 1
                    ? new Countdown(parts[part], new AtomicInteger(Integer.parseInt(parts[part + 1])))
                    : new Countdown("", new AtomicInteger());
        }

        boolean over() {
            return left.get() <= 0;
        }

        /** True for the hit that is the last. */
        boolean count(String hit) {
            return hit.equals(name) && left.decrementAndGet() == 0;
        }
    }

    private CrashPoint() {}

    /** Passes a place, or ends the process there. */
    public static void hit(String name) {
        if (!ON) {
            return;
        }
        if (!ARMED.over()) {
            ARMED.count(name);
        } else if (END.count(name)) {
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
