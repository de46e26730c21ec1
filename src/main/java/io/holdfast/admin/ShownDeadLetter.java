package io.holdfast.admin;

import io.holdfast.deadletter.DeadLetter;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A dead letter as REST shows it in lists. */
record ShownDeadLetter(
        long id,
        long botId,
        @Nullable UUID tenantId,
        String queue,
        @Nullable Long ref,
        String priority,
        String owner,
        String state,
        String reason,
        @Nullable String detail,
        Instant parkedAt,
        @Nullable Instant triageAt,
        @Nullable Instant dueAt,
        @Nullable Instant alertedAt,
        @Nullable Instant closedAt,
        int replays) {

    static ShownDeadLetter of(DeadLetter letter) {
        return new ShownDeadLetter(
                letter.id(),
                letter.bot(),
                letter.tenant(),
                letter.queue().name(),
                letter.ref(),
                letter.priority().name(),
                letter.owner().name(),
                letter.state().name(),
                letter.reason(),
                letter.detail(),
                letter.parkedAt(),
                letter.triageAt(),
                letter.dueAt(),
                letter.alertedAt(),
                letter.closedAt(),
                letter.replays());
    }
}
