package io.holdfast.deadletter;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Until when a dead letter must be looked at and mended, and when half of that time is over.
 *
 * <p>A business day is 24 hours of Monday to Friday in UTC; holidays are not known.
 */
record ServiceLevel(Instant triageAt, Instant halfAt, Instant dueAt) {
    private static final Duration TRIAGE = Duration.ofMinutes(30);
    private static final Duration MENDED = Duration.ofHours(4);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration WEEK = Duration.ofDays(5);

    static ServiceLevel of(ParkedWork.Priority priority, Instant parkedAt) {
        return switch (priority) {
            case P1 ->
                new ServiceLevel(parkedAt.plus(TRIAGE), parkedAt.plus(MENDED.dividedBy(2)), parkedAt.plus(MENDED));
            case P2 -> ofBusinessTime(parkedAt, DAY);
            case P3 -> ofBusinessTime(parkedAt, WEEK);
        };
    }

    /** When somebody must be told first: at once of a P1, of the others when half of their time is over. */
    Instant firstAlertAt(ParkedWork.Priority priority, Instant parkedAt) {
        return priority == ParkedWork.Priority.P1 ? parkedAt : halfAt;
    }

    private static ServiceLevel ofBusinessTime(Instant parkedAt, Duration limit) {
        Instant due = plusBusinessTime(parkedAt, limit);
        return new ServiceLevel(due, plusBusinessTime(parkedAt, limit.dividedBy(2)), due);
    }

    static Instant plusBusinessTime(Instant start, Duration time) {
        LocalDateTime at = afterWeekend(LocalDateTime.ofInstant(start, ZoneOffset.UTC));
        Duration left = time;
        while (true) {
            LocalDateTime midnight = at.toLocalDate().plusDays(1).atStartOfDay();
            Duration today = Duration.between(at, midnight);
            if (left.compareTo(today) <= 0) {
                return at.plus(left).toInstant(ZoneOffset.UTC);
            }
            left = left.minus(today);
            at = afterWeekend(midnight);
        }
    }

    private static LocalDateTime afterWeekend(LocalDateTime at) {
        DayOfWeek day = at.getDayOfWeek();
        if (day != DayOfWeek.SATURDAY && day != DayOfWeek.SUNDAY) {
            return at;
        }
        return at.toLocalDate().plusDays(8 - day.getValue()).atStartOfDay();
    }
}
