package io.holdfast.rig;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/**
 * One kind of trouble with its figures: {@code mvn -Prig verify -Dsize=m -Drig=NAME -Dseed=…}.
 *
 * <p>A cell is a test class with the tags {@code rig} and its own name, and a method that calls {@link #run}. What the script
 * finds goes into the verdict, which is written and printed however the script ends; then a broken limit fails the test.
 */
final class Cell {

    /** What a cell does. */
    @FunctionalInterface
    interface Script {
        void play(Cell cell) throws Exception;
    }

    /** The same for all cells of a run; each has a sequence of its own. */
    private static final long SEED =
            Long.getLong("seed", ThreadLocalRandom.current().nextLong(1_000_000_000));

    private final String name;
    private final Size size = Size.current();
    private final Verdict verdict;
    private final RandomGenerator random;
    private final long begun = System.nanoTime();

    private Cell(String name) {
        this.name = name;
        this.verdict = new Verdict(name, size);
        this.random = new Random(SEED ^ name.hashCode());
    }

    /** Plays the script and writes the verdict. */
    static void run(String name, Script script) throws Exception {
        Cell cell = new Cell(name);
        Duration before = Machine.processorTime();
        cell.facts();
        try {
            script.play(cell);
        } catch (Exception | AssertionError e) {
            cell.verdict.figure("ended early by", e);
            throw e;
        } finally {
            cell.verdict.fact("duration", seconds(cell.elapsed()));
            cell.verdict.fact(
                    "driver's processor time", seconds(Machine.processorTime().minus(before)));
            cell.verdict.write();
        }
        if (!cell.verdict.broken().isEmpty()) {
            throw new AssertionError("%s, seed %d: %s".formatted(name, SEED, cell.verdict.broken()));
        }
    }

    private void facts() {
        verdict.fact("command", "mvn -Prig verify -Dsize=%s -Drig=%s -Dseed=%d".formatted(size.letter(), name, SEED));
        verdict.fact("date", Instant.now().truncatedTo(ChronoUnit.SECONDS));
        verdict.fact("machine", Machine.line());
        System.out.printf("rig: %s, size %s, seed %d%n", name, size.letter(), SEED);
    }

    /** Opens the installation that cells share at size s; at the others one of its own. */
    Rig rig() {
        return Rig.open(this, Rig.Plan.usual(size));
    }

    /** Opens an installation after a plan of the cell's own. */
    Rig rig(Rig.Plan plan) {
        return Rig.open(this, plan);
    }

    String name() {
        return name;
    }

    Size size() {
        return size;
    }

    long seed() {
        return SEED;
    }

    Verdict verdict() {
        return verdict;
    }

    /** The chance of this cell alone, from the seed; for one thread. */
    RandomGenerator random() {
        return random;
    }

    /** A duration between the two, both in seconds, by chance. */
    Duration between(double shortest, double longest) {
        return Duration.ofMillis((long) (1000 * (shortest + random.nextDouble() * (longest - shortest))));
    }

    /** Lets so much time pass, while load and server go on. */
    void pass(Duration duration) {
        long until = System.nanoTime() + duration.toNanos();
        while (System.nanoTime() - until < 0) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    static String seconds(Duration duration) {
        return String.format(java.util.Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }
}
