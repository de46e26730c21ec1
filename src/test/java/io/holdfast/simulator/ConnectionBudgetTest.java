package io.holdfast.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConnectionBudgetTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final ConnectionBudget budget = new ConnectionBudget(new SimClock(1), 40);

    @Test
    void an_unproven_webhook_gets_one_connection_per_two_seconds() {
        assertThat(budget.take(0, SECOND)).isZero();
        assertThat(budget.take(1, 2 * SECOND)).isEqualTo(SECOND);
        assertThat(budget.take(1, 3 * SECOND)).isZero();
    }

    @Test
    void a_healthy_webhook_gets_ten_connections_per_half_second_up_to_its_maximum() {
        budget.success(SECOND);
        for (int open = 0; open < 10; open++) {
            assertThat(budget.take(open, SECOND)).isZero();
        }
        assertThat(budget.take(10, SECOND)).isEqualTo(SECOND / 2);
        assertThat(budget.take(40, 5 * SECOND)).isEqualTo(ConnectionBudget.NEVER);
    }
}
