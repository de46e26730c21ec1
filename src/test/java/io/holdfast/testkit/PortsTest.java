package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void a_port_in_use_is_seen() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(Ports.isFree(socket.getLocalPort())).isFalse();
        }
        assertThat(Ports.isFree(Ports.free())).isTrue();
    }

    @Test
    void the_holder_is_read_from_lsof_and_ss() {
        assertThat(Ports.holderIn("p4711\ncjava\nf50\n")).contains("java (process 4711)");
        assertThat(Ports.holderIn("LISTEN 0 50 127.0.0.1:9080 *:* users:((\"java\",pid=12,fd=5))"))
                .contains("java (process 12)");
        assertThat(Ports.holderIn("")).isEmpty();
    }
}
