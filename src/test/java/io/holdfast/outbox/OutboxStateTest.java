package io.holdfast.outbox;

import static io.holdfast.outbox.OutboxState.CANCELLED;
import static io.holdfast.outbox.OutboxState.EXPIRED;
import static io.holdfast.outbox.OutboxState.PARKED;
import static io.holdfast.outbox.OutboxState.PENDING;
import static io.holdfast.outbox.OutboxState.RETRY;
import static io.holdfast.outbox.OutboxState.SENDING;
import static io.holdfast.outbox.OutboxState.SENT;
import static io.holdfast.outbox.OutboxState.SUPPRESSED;
import static io.holdfast.outbox.OutboxState.UNCERTAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.kernel.IllegalTransitionException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OutboxStateTest {
    private static final Map<OutboxState, Set<OutboxState>> ALLOWED = Map.of(
            PENDING, EnumSet.of(SENDING, CANCELLED, EXPIRED, SUPPRESSED),
            SENDING, EnumSet.of(SENT, RETRY, UNCERTAIN, SUPPRESSED, PARKED, EXPIRED),
            RETRY, EnumSet.of(SENDING, CANCELLED, EXPIRED, SUPPRESSED, PARKED),
            UNCERTAIN, EnumSet.of(SENDING, CANCELLED, PARKED, SENT, PENDING),
            PARKED, EnumSet.of(PENDING),
            EXPIRED, EnumSet.of(PENDING),
            SENT, EnumSet.noneOf(OutboxState.class),
            SUPPRESSED, EnumSet.noneOf(OutboxState.class),
            CANCELLED, EnumSet.noneOf(OutboxState.class));

    @ParameterizedTest
    @EnumSource
    void a_message_becomes_what_its_diagram_says_and_nothing_else(OutboxState from) {
        for (OutboxState to : OutboxState.values()) {
            boolean allowed = ALLOWED.getOrDefault(from, Set.of()).contains(to);
            assertThat(from.canBecome(to)).as("%s to %s", from, to).isEqualTo(allowed);
            if (allowed) {
                assertThat(from.become(to)).isEqualTo(to);
            } else {
                assertThatExceptionOfType(IllegalTransitionException.class).isThrownBy(() -> from.become(to));
            }
        }
    }
}
