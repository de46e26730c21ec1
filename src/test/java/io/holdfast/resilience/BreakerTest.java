package io.holdfast.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BreakerTest {
    private final Breaker breaker = new Breaker(3);

    @Test
    void it_opens_once_after_so_many_failures_in_a_row() {
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.failed()).isFalse();
        assertThat(breaker.failed()).isTrue();
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.failed()).isFalse();
    }

    @Test
    void a_success_between_begins_the_count_anew() {
        breaker.failed();
        breaker.failed();
        assertThat(breaker.succeeded()).isFalse();
        breaker.failed();
        breaker.failed();
        assertThat(breaker.isOpen()).isFalse();
    }

    @Test
    void the_first_success_closes_it_once() {
        breaker.failed();
        breaker.failed();
        breaker.failed();
        assertThat(breaker.succeeded()).isTrue();
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.succeeded()).isFalse();
    }
}
