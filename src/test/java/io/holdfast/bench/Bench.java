package io.holdfast.bench;

import io.holdfast.rig.Machine;
import io.holdfast.rig.Size;
import io.holdfast.testkit.Commands;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * One cell of the benchmark: {@code mvn -Pbench verify -Dsize=m -Dbench=NAME -Dseed=…}.
 *
 * <p>A cell is a test class with the tags {@code bench} and its own name, and a method that calls {@link #run}. What it finds
 * is written and printed however it ends. It holds no figure to a limit: that is for whoever compares two runs.
 */
final class Bench {

    /** What a cell does. */
    @FunctionalInterface
    interface Script {
        void play(Bench bench) throws Exception;
    }

    private static final long SEED =
            Long.getLong("seed", ThreadLocalRandom.current().nextLong(1_000_000_000));

    private static final Duration LONGEST_WARM_UP = Duration.ofMinutes(5);

    private final String name;
    private final Size size = Size.current();
    private final Sheet sheet;
    private final RandomGenerator random;

    private Bench(String name) {
        this.name = name;
        this.sheet = new Sheet(name, size.letter());
        this.random = new Random(SEED ^ name.hashCode());
    }

    static void run(String name, Script script) throws Exception {
        Bench bench = new Bench(name);
        long begun = System.nanoTime();
        bench.facts();
        try {
            script.play(bench);
        } catch (Exception | AssertionError e) {
            bench.sheet.fact("ended early by", e);
            throw e;
        } finally {
            bench.sheet.fact("took", "%d s".formatted((System.nanoTime() - begun) / 1_000_000_000));
            bench.sheet.write();
        }
    }

    private void facts() {
        sheet.fact("command", "mvn -Pbench verify -Dsize=%s -Dbench=%s -Dseed=%d".formatted(size.letter(), name, SEED));
        sheet.fact("date", Instant.now().truncatedTo(ChronoUnit.SECONDS));
        sheet.fact("machine", Machine.line());
        sheet.fact("commit", commit());
        System.out.printf("bench: %s, size %s, seed %d%n", name, size.letter(), SEED);
    }

    private static String commit() {
        Commands.Result head = Commands.run(List.of("git", "rev-parse", "--short", "HEAD"));
        Commands.Result changed = Commands.run(List.of("git", "status", "--porcelain", "--untracked-files=no"));
        return head.ok() ? head.output().strip() + (changed.output().isBlank() ? "" : " and changes") : "unknown";
    }

    String name() {
        return name;
    }

    Size size() {
        return size;
    }

    Sheet sheet() {
        return sheet;
    }

    /** The chance of this cell alone, from the seed; for one thread. */
    RandomGenerator random() {
        return random;
    }

    /** How long the server works before anything is measured. */
    Duration warmUp() {
        return Duration.ofSeconds(size.of(10, 60, 60));
    }

    /** Lets the server work for so long; on a slow machine longer, until it has done so many that what runs is compiled code. */
    void warm(Duration time, LongSupplier done) {
        long begin = System.nanoTime();
        long enough = done.getAsLong() + size.of(0, 100_000, 100_000);
        pass(time);
        while (done.getAsLong() < enough && System.nanoTime() - begin < LONGEST_WARM_UP.toNanos()) {
            pass(Duration.ofSeconds(1));
        }
        sheet.figure("warm-up", (System.nanoTime() - begin) / 1e9, "s");
    }

    /** How long is measured. */
    Duration measured() {
        return Duration.ofSeconds(size.of(10, 60, 180));
    }

    /** Lets so much time pass, while load and server go on. */
    static void pass(Duration duration) {
        passUntil(System.nanoTime() + duration.toNanos());
    }

    /** Lets time pass until then, as {@link System#nanoTime()} tells it. */
    static void passUntil(long nanos) {
        while (nanos - System.nanoTime() > 0) {
            LockSupport.parkNanos(nanos - System.nanoTime());
        }
    }
}
