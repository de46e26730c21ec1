package io.holdfast.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class InternalPortTest {

    @Test
    void nodes_speak_on_the_internal_port_alone_and_nobody_else_does_there() {
        assertThat(InternalPort.belongs("/internal/nudge", 9081, 9081)).isTrue();
        assertThat(InternalPort.belongs("/internal/nudge", 9080, 9081)).isFalse();
        assertThat(InternalPort.belongs("/api/v1/nodes", 9080, 9081)).isTrue();
        assertThat(InternalPort.belongs("/api/v1/nodes", 9081, 9081)).isFalse();
        assertThat(InternalPort.belongs("/telegram/abc", 9081, 9081)).isFalse();
    }
}
