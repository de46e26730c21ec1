package io.holdfast.simulator;

import java.util.function.DoubleSupplier;

/** When Telegram tries a failed delivery again: at once, after 2, 4, 8, 16, 32 s, then every 60 to 120 s. */
final class RetrySchedule {

    private static final int LONGEST_RETRY_AFTER = 3600;

    private final DoubleSupplier random;

    RetrySchedule(DoubleSupplier random) {
        this.random = random;
    }

    /** Telegram seconds to wait after so many failures; what the webhook asked for, if anything, comes first. */
    double delayAfter(int failures, int retryAfter) {
        if (retryAfter >= 0) {
            return Math.min(retryAfter, LONGEST_RETRY_AFTER);
        }
        if (failures <= 1) {
            return 0;
        }
        return failures <= 6 ? 1 << (failures - 1) : 60 + 60 * random.getAsDouble();
    }
}
