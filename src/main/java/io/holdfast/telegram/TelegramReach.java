package io.holdfast.telegram;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When Telegram last answered a call of this process and when it last did not; nothing is asked for it.
 *
 * <p>A refusal is an answer; a status of 500 or above and a broken connection are none. Safe on many threads.
 */
@ApplicationScoped
public class TelegramReach {

    /** How it looks from here. */
    public enum Condition {
        /** No call was made yet. */
        UNKNOWN,
        /** The last call was answered. */
        OK,
        /** The last call was not. */
        DEGRADED
    }

    private record Seen(
            @Nullable Instant answeredAt, @Nullable Instant failedAt, Condition condition) {}

    @Inject
    InstantSource clock;

    private volatile Seen seen = new Seen(null, null, Condition.UNKNOWN);

    public Condition condition() {
        return seen.condition();
    }

    public Optional<Instant> answeredAt() {
        return Optional.ofNullable(seen.answeredAt());
    }

    public Optional<Instant> failedAt() {
        return Optional.ofNullable(seen.failedAt());
    }

    synchronized void note(ApiAnswer answer) {
        Seen before = seen;
        Instant now = clock.instant();
        seen = answer instanceof ApiAnswer.Answered answered && answered.status() < 500
                ? new Seen(now, before.failedAt(), Condition.OK)
                : new Seen(before.answeredAt(), now, Condition.DEGRADED);
    }
}
