package io.holdfast.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is told otherwise; safe to share between threads. */
public final class SettableClock implements InstantSource {
    private Instant now;

    public SettableClock(Instant start) {
        now = start;
    }

    /** Starts at an instant that is on no round second, hour or day, so that truncation shows. */
    public SettableClock() {
        this(Instant.parse("2026-03-29T00:59:58.987654321Z"));
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    public synchronized void set(Instant instant) {
        now = instant;
    }

    /** Moves the clock; a negative duration moves it back, as a corrected system clock does. */
    public synchronized Instant advance(Duration duration) {
        now = now.plus(duration);
        return now;
    }
}
