package io.holdfast.bench;

import java.util.Arrays;

/** Times in nanoseconds, all of them kept, so that no percentile is an estimate. */
final class Latencies {
    private final long[] sorted;
    private final long saidLate;

    /**
     * Takes the times.
     *
     * @param saidLate how many messages the driver itself said more than a millisecond late
     */
    Latencies(long[] nanos, long saidLate) {
        this.sorted = nanos.clone();
        Arrays.sort(sorted);
        this.saidLate = saidLate;
    }

    int count() {
        return sorted.length;
    }

    /** The smallest time that so many percent do not exceed. */
    double millis(double percent) {
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.max(0, rank - 1)] / 1e6;
    }

    void figures(Sheet sheet) {
        sheet.figure("times measured", count(), "");
        for (double percent : new double[] {50, 90, 99, 99.9}) {
            sheet.figure("webhook to send, p" + name(percent), millis(percent), "ms");
        }
        sheet.figure("webhook to send, longest", millis(100), "ms");
        sheet.figure("said more than 1 ms late by the driver", 100.0 * saidLate / count(), "%");
    }

    private static String name(double percent) {
        return percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent);
    }
}
