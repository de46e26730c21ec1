package io.holdfast.simulator;

import java.time.Duration;

/**
 * One way to break a call or a delivery.
 *
 * @param kind what happens
 * @param status HTTP status of SERVER_ERROR and HTML, error_code of NOT_OK
 * @param retryAfter seconds told by RATE_LIMIT
 * @param pause length of DELAY and WEBHOOK_DELAY, pause before each byte of DRIP
 * @param applied whether the call takes effect nevertheless
 */
public record Fault(FaultKind kind, int status, int retryAfter, Duration pause, boolean applied) {

    public Fault {
        if (status < 200 || status > 599 || retryAfter < 0 || pause.isNegative()) {
            throw new IllegalArgumentException(
                    "a fault's status is 200 to 599, its retry_after and its pause are not negative");
        }
    }

    /** The kind with its ordinary figures: 502, 5 s, 100 ms. */
    public static Fault of(FaultKind kind) {
        int status = kind == FaultKind.NOT_OK ? 400 : 502;
        return new Fault(kind, status, 5, Duration.ofMillis(100), kind.appliesByDefault());
    }

    public static Fault rateLimit(int retryAfter) {
        return of(FaultKind.RATE_LIMIT).withRetryAfter(retryAfter);
    }

    public static Fault serverError(int status) {
        return of(FaultKind.SERVER_ERROR).withStatus(status);
    }

    public static Fault delay(Duration pause) {
        return of(FaultKind.DELAY).withPause(pause);
    }

    public static Fault drip(Duration perByte) {
        return of(FaultKind.DRIP).withPause(perByte);
    }

    public Fault withStatus(int value) {
        return new Fault(kind, value, retryAfter, pause, applied);
    }

    public Fault withRetryAfter(int value) {
        return new Fault(kind, status, value, pause, applied);
    }

    public Fault withPause(Duration value) {
        return new Fault(kind, status, retryAfter, value, applied);
    }

    /** A gateway that fails after Telegram did the work: a 502 for a message that was sent. */
    public Fault withApplied(boolean value) {
        return new Fault(kind, status, retryAfter, pause, value);
    }
}
