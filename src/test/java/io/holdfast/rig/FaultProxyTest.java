package io.holdfast.rig;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.rig.LinkScript.Way;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {
    private static final int PATIENCE_MILLIS = 20_000;
    /** How long silence is listened to: a byte that is under way on this machine comes much sooner. */
    private static final int SILENCE_MILLIS = 200;

    private ServerSocket target;
    private FaultProxy proxy;

    @BeforeEach
    void open() throws IOException {
        target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        proxy = new FaultProxy(target.getLocalPort());
        Thread.ofVirtual().start(this::echo);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
        target.close();
        await().untilAsserted(() -> assertThat(proxy.openConnections()).isZero());
    }

    private void echo() {
        while (!target.isClosed()) {
            try {
                Socket socket = target.accept();
                Thread.ofVirtual().start(() -> echo(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void echo(Socket socket) {
        try (socket) {
            socket.getInputStream().transferTo(socket.getOutputStream());
        } catch (IOException e) {
            // The proxy cut it, which is what these tests are about.
            return;
        }
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port());
        socket.setSoTimeout(PATIENCE_MILLIS);
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static String hear(Socket socket, int bytes) throws IOException {
        return new String(socket.getInputStream().readNBytes(bytes), US_ASCII);
    }

    private static void assertEchoes(Socket socket, String text) throws IOException {
        say(socket, text);
        assertThat(hear(socket, text.length())).isEqualTo(text);
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(SILENCE_MILLIS);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    private static void assertReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().read())
                .isInstanceOf(SocketException.class)
                .isNotInstanceOf(SocketTimeoutException.class)
                .hasMessageContaining("reset");
    }

    @Test
    void a_whole_link_passes_bytes_and_ends_both_ways() throws IOException {
        try (Socket socket = connect()) {
            assertEchoes(socket, "hello");
            String much = "x".repeat(1_000_000);
            Thread.ofVirtual().start(() -> {
                try {
                    say(socket, much);
                    socket.shutdownOutput();
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .isEqualTo(much);
            assertThat(proxy.connections()).isEqualTo(1);
            assertThat(proxy.struck()).isZero();
        }
    }

    @Test
    void latency_delays_each_piece_on_both_ways() throws IOException {
        try (Socket socket = connect()) {
            proxy.play(LinkScript.latency(Duration.ofMillis(60), Duration.ofMillis(20)));
            long begun = System.nanoTime();
            assertEchoes(socket, "late");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
            assertThat(proxy.struck()).isEqualTo(1);
        }
    }

    @Test
    void a_rate_makes_bytes_drip() throws IOException {
        proxy.play(LinkScript.rate(2_000));
        try (Socket socket = connect()) {
            long begun = System.nanoTime();
            assertEchoes(socket, "x".repeat(400));
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(200));
        }
    }

    @Test
    void a_cut_lets_exactly_so_many_bytes_of_an_open_connection_pass_and_ends_it_orderly() throws IOException {
        try (Socket socket = connect()) {
            assertEchoes(socket, "before");
            proxy.play(LinkScript.cut(Way.DOWN, 4));
            say(socket, "truncated");
            assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                    .isEqualTo("trun");
        }
    }

    @Test
    void a_cut_upwards_lets_the_target_see_no_more() throws IOException {
        proxy.play(LinkScript.cut(Way.UP, 3));
        try (Socket socket = connect()) {
            say(socket, "request");
            assertThat(socket.getInputStream().readNBytes(10).length).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void a_cut_by_reset_is_no_orderly_end() throws IOException {
        proxy.play(LinkScript.cutByReset(Way.UP, 3));
        try (Socket socket = connect()) {
            say(socket, "request");
            assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).hasMessageContaining("reset");
        }
    }

    @Test
    void a_reset_strikes_what_is_open_and_what_comes() throws IOException {
        try (Socket before = connect()) {
            assertEchoes(before, "a");
            proxy.play(LinkScript.reset());
            assertReset(before);
            try (Socket during = connect()) {
                assertReset(during);
            }
            proxy.play(LinkScript.whole());
            try (Socket after = connect()) {
                assertEchoes(after, "b");
            }
        }
    }

    @Test
    void a_black_hole_takes_connections_and_never_answers_them_even_afterwards() throws IOException {
        try (Socket before = connect()) {
            assertEchoes(before, "a");
            proxy.play(LinkScript.blackHole());
            try (Socket during = connect()) {
                say(before, "b");
                say(during, "c");
                assertSilent(before);
                assertSilent(during);
                proxy.play(LinkScript.whole());
                say(before, "d");
                say(during, "e");
                assertSilent(before);
                assertSilent(during);
            }
            try (Socket after = connect()) {
                assertEchoes(after, "f");
            }
        }
    }

    @Test
    void a_half_open_link_holds_one_direction_and_goes_on_with_what_it_held() throws IOException {
        try (Socket socket = connect()) {
            proxy.play(LinkScript.halfOpen(Way.DOWN));
            say(socket, "held");
            assertSilent(socket);
            assertThat(proxy.struck()).isEqualTo(1);
            proxy.play(LinkScript.whole());
            assertThat(hear(socket, 4)).isEqualTo("held");
        }
    }

    @Test
    void a_refusing_link_listens_no_more_and_listens_again_on_the_same_port() throws IOException {
        try (Socket before = connect()) {
            assertEchoes(before, "a");
            proxy.play(LinkScript.refuse());
            assertReset(before);
            assertThat(proxy.struck()).isEqualTo(1);
            assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
            proxy.play(LinkScript.whole());
            try (Socket after = connect()) {
                assertEchoes(after, "b");
            }
        }
    }

    @Test
    void a_script_can_strike_each_second_connection_only() throws IOException {
        try (Socket first = connect();
                Socket second = connect()) {
            assertEchoes(first, "a");
            assertEchoes(second, "a");
            proxy.play(LinkScript.reset().onlyOneIn(2));
            assertReset(second);
            assertThat(proxy.struck()).isEqualTo(1);
            assertEchoes(first, "b");
        }
    }

    @Test
    void a_target_that_is_away_resets_the_caller_and_is_found_when_it_is_back() throws IOException {
        int port = target.getLocalPort();
        target.close();
        try (Socket socket = connect()) {
            assertReset(socket);
        }
        target = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::echo);
        try (Socket socket = connect()) {
            assertEchoes(socket, "back");
        }
    }
}
