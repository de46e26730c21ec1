package io.holdfast.rig;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A row of measured durations as figures. */
final class Durations {
    private static final double PERCENT = 0.95;

    private Durations() {}

    /** The 95th percentile by nearest rank. */
    static Duration p95(List<Duration> measured) {
        return percentile(measured, PERCENT);
    }

    /** The duration that this part of all does not exceed, by nearest rank; zero where nothing was measured. */
    static Duration percentile(List<Duration> measured, double part) {
        List<Duration> sorted = measured.stream().sorted().toList();
        return sorted.isEmpty() ? Duration.ZERO : sorted.get(Math.max(0, (int) Math.ceil(part * sorted.size()) - 1));
    }

    static Duration longest(List<Duration> measured) {
        return measured.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
    }

    /** Tells all of them, and holds the 95th percentile to a limit as {@link Verdict#within} does. */
    static void figure(Verdict verdict, String name, List<Duration> measured, Duration limit) {
        verdict.within(name + ", p95", seconds(p95(measured)), seconds(limit));
        verdict.figure(
                name + ", all (s)",
                measured.stream()
                        .map(one -> String.format(Locale.ROOT, "%.1f", seconds(one)))
                        .collect(Collectors.joining(" ")));
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
