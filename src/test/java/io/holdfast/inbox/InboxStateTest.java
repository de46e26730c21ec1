package io.holdfast.inbox;

import static io.holdfast.inbox.InboxState.CANCELLED;
import static io.holdfast.inbox.InboxState.DONE;
import static io.holdfast.inbox.InboxState.EXPIRED;
import static io.holdfast.inbox.InboxState.IGNORED;
import static io.holdfast.inbox.InboxState.PARKED;
import static io.holdfast.inbox.InboxState.PENDING;
import static io.holdfast.inbox.InboxState.REFUSED;
import static io.holdfast.inbox.InboxState.RETRY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.holdfast.kernel.IllegalTransitionException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InboxStateTest {
    private static final Map<InboxState, Set<InboxState>> ALLOWED = Map.of(
            PENDING, EnumSet.of(DONE, RETRY, PARKED, EXPIRED, CANCELLED, REFUSED, IGNORED),
            RETRY, EnumSet.of(RETRY, DONE, PARKED, EXPIRED, CANCELLED, REFUSED, IGNORED),
            PARKED, EnumSet.of(PENDING),
            DONE, EnumSet.noneOf(InboxState.class),
            EXPIRED, EnumSet.noneOf(InboxState.class),
            CANCELLED, EnumSet.noneOf(InboxState.class),
            REFUSED, EnumSet.noneOf(InboxState.class),
            IGNORED, EnumSet.noneOf(InboxState.class));

    @ParameterizedTest
    @EnumSource
    void an_update_becomes_what_its_diagram_says_and_nothing_else(InboxState from) {
        for (InboxState to : InboxState.values()) {
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
