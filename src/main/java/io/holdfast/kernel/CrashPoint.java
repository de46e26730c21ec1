package io.holdfast.kernel;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Places of the data's way at which a test can end the process, as a power cut would; nothing happens there in production.
 *
 * <p>Off, and free of cost, unless the JVM was started with {@code -Drig.crash=NAME:N}: then the N-th hit of that place ends
 * the process at once, without a shutdown hook.
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

    private static final @Nullable String WANTED = System.getProperty("rig.crash");
    private static final boolean ON = WANTED != null;
    private static final String NAME = WANTED == null ? "" : WANTED.substring(0, WANTED.indexOf(':'));
    private static final int HIT = WANTED == null ? 0 : Integer.parseInt(WANTED.substring(WANTED.indexOf(':') + 1));
    private static final AtomicInteger HITS = new AtomicInteger();

    private CrashPoint() {}

    /** Passes a place, or ends the process there. */
    public static void hit(String name) {
        if (ON && name.equals(NAME) && HITS.incrementAndGet() == HIT) {
            Runtime.getRuntime().halt(KILLED);
        }
    }
}
