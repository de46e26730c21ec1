package io.holdfast.rig;

import java.time.Duration;

/**
 * How a link behaves while the script is played.
 *
 * @param name what a verdict calls it
 * @param door what becomes of a connection as such
 * @param way the direction that the figures below are about
 * @param latency what each piece of bytes waits at least; one piece of a connection is under way at a time
 * @param jitter what it waits beyond that at most, by chance
 * @param bytesPerSecond 0 for no limit
 * @param cutAfter how many bytes pass of each connection, counted from the script's begin, before it ends; -1 for no end
 * @param cutByReset whether that end is an RST instead of a FIN
 * @param stopped whether nothing passes; it waits, as what the network lost is sent again when the network is back
 * @param oneIn strikes each n-th connection only; 1 for all
 */
record LinkScript(
        String name,
        Door door,
        Way way,
        Duration latency,
        Duration jitter,
        int bytesPerSecond,
        long cutAfter,
        boolean cutByReset,
        boolean stopped,
        int oneIn) {

    /** Seen from the server's side of a link: UP goes to who was called, DOWN comes back. */
    enum Way {
        UP,
        DOWN,
        BOTH;

        boolean includes(Way other) {
            return this == BOTH || this == other;
        }
    }

    /** What becomes of connections, those included that were open before. */
    enum Door {
        OPEN,
        /** Nothing listens; what was open is reset. */
        REFUSE,
        /** RST at once. */
        RESET,
        /** Taken, read and never answered. What was swallowed once stays so, as behind a firewall that forgot it. */
        SWALLOW
    }

    static LinkScript whole() {
        return named("whole", Door.OPEN);
    }

    static LinkScript latency(Duration least, Duration jitter) {
        String name = "latency %d to %d ms"
                .formatted(least.toMillis(), least.plus(jitter).toMillis());
        return new LinkScript(name, Door.OPEN, Way.BOTH, least, jitter, 0, -1, false, false, 1);
    }

    static LinkScript rate(int bytesPerSecond) {
        String name = "%d bytes/s".formatted(bytesPerSecond);
        return new LinkScript(
                name, Door.OPEN, Way.BOTH, Duration.ZERO, Duration.ZERO, bytesPerSecond, -1, false, false, 1);
    }

    /** The connection ends orderly after so many bytes of one direction. */
    static LinkScript cut(Way way, long afterBytes) {
        String name = "cut %s after %d bytes".formatted(way, afterBytes);
        return new LinkScript(name, Door.OPEN, way, Duration.ZERO, Duration.ZERO, 0, afterBytes, false, false, 1);
    }

    /** The connection is reset after so many bytes of one direction. */
    static LinkScript cutByReset(Way way, long afterBytes) {
        String name = "reset %s after %d bytes".formatted(way, afterBytes);
        return new LinkScript(name, Door.OPEN, way, Duration.ZERO, Duration.ZERO, 0, afterBytes, true, false, 1);
    }

    static LinkScript reset() {
        return named("reset", Door.RESET);
    }

    static LinkScript blackHole() {
        return named("black hole", Door.SWALLOW);
    }

    static LinkScript refuse() {
        return named("refused", Door.REFUSE);
    }

    /** One direction stands still; the bytes go on when the script is over. */
    static LinkScript halfOpen(Way stopped) {
        String name = stopped == Way.BOTH ? "stalled" : "half-open, %s stopped".formatted(stopped);
        return new LinkScript(name, Door.OPEN, stopped, Duration.ZERO, Duration.ZERO, 0, -1, false, true, 1);
    }

    private static LinkScript named(String name, Door door) {
        return new LinkScript(name, door, Way.BOTH, Duration.ZERO, Duration.ZERO, 0, -1, false, false, 1);
    }

    /** The same for each n-th connection only. */
    LinkScript onlyOneIn(int n) {
        return new LinkScript(
                "%s, 1 connection in %d".formatted(name, n),
                door,
                way,
                latency,
                jitter,
                bytesPerSecond,
                cutAfter,
                cutByReset,
                stopped,
                n);
    }

    boolean stops(Way direction) {
        return stopped && way.includes(direction);
    }

    boolean cuts(Way direction) {
        return cutAfter >= 0 && way.includes(direction);
    }

    boolean slows(Way direction) {
        return way.includes(direction) && (bytesPerSecond > 0 || !latency.isZero() || !jitter.isZero());
    }
}
