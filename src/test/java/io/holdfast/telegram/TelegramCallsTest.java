package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.holdfast.channel.BotToken;
import io.holdfast.kernel.ConfigurationException;
import io.holdfast.telegram.ApiAnswer.Answered;
import io.holdfast.telegram.ApiAnswer.Broken;
import io.holdfast.telegram.ApiAnswer.Phase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelegramCallsTest {
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    private final FaultyServer server = new FaultyServer();
    private final TelegramConfig config = TestCalls.config(server.url());
    private final TelegramCalls calls = TestCalls.calls(config);
    private final BotToken canary = TestCalls.freshToken();
    private final LogKeeper logs = new LogKeeper();

    @BeforeEach
    void listen() {
        logs.root.addHandler(logs);
        logs.okhttp.setLevel(Level.ALL);
        logs.own.setLevel(Level.ALL);
    }

    @AfterEach
    void the_token_is_in_no_log() {
        logs.root.removeHandler(logs);
        calls.close();
        server.close();
        assertThat(logs.text.toString()).doesNotContain(canary.reveal());
    }

    @Test
    void a_call_posts_json_to_the_bots_own_path() {
        server.thenAnswer(200, "{\"ok\":true}");
        ApiAnswer answer = calls.call(canary, "sendMessage", "{\"chat_id\":1}".getBytes(StandardCharsets.UTF_8));
        assertThat(answer).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(200);
            assertThat(answered.body()).isEqualTo("{\"ok\":true}".getBytes(StandardCharsets.UTF_8));
            assertThat(answered.retryAfterHeader()).isNull();
        });
        assertThat(server.requests)
                .singleElement()
                .asString()
                .startsWith("POST /bot" + canary.reveal() + "/sendMessage HTTP/1.1\r\n")
                .contains("Content-Type: application/json")
                .endsWith("{\"chat_id\":1}");
    }

    @Test
    void a_file_goes_out_as_multipart() {
        server.thenAnswer(200, "{\"ok\":true}");
        byte[] stored = """
                {"chat_id":-7,"document":{"file_name":"answer.txt","text":"a\\nb \u00e9"},"reply_markup":{"x":[1]}}""".getBytes(StandardCharsets.UTF_8);
        assertThat(calls.call(canary, "sendDocument", stored)).isInstanceOf(Answered.class);
        assertThat(server.requests)
                .singleElement()
                .asString()
                .contains("Content-Type: multipart/form-data; boundary=")
                .contains("name=\"chat_id\"\r\n\r\n-7\r\n")
                .contains(
                        "name=\"document\"; filename=\"answer.txt\"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\na\nb ")
                .contains("name=\"reply_markup\"\r\n\r\n{\"x\":[1]}\r\n");
    }

    @Test
    void a_base_path_is_kept() {
        server.thenAnswer(200, "{}");
        TelegramCalls elsewhere = TestCalls.calls(TestCalls.config(server.url() + "/local/"));
        assertThat(elsewhere.call(canary, "getMe", NOTHING)).isInstanceOf(Answered.class);
        elsewhere.close();
        assertThat(server.requests)
                .singleElement()
                .asString()
                .startsWith("POST /local/bot" + canary.reveal() + "/getMe ");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308, 401, 408, 421, 429, 500, 502, 503, 504})
    void no_status_makes_the_client_call_again(int status) {
        server.thenAnswer(status, "", "Retry-After: 0", "Location: " + server.url() + "/other");
        server.thenAnswer(200, "{\"ok\":true}");
        assertThat(calls.call(canary, "sendMessage", NOTHING)).isInstanceOfSatisfying(Answered.class, answered -> {
            assertThat(answered.status()).isEqualTo(status);
            assertThat(answered.retryAfterHeader()).isZero();
        });
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void a_reset_after_the_request_is_after_the_first_byte_and_not_repeated() {
        server.thenReset().thenAnswer(200, "{\"ok\":true}");
        assertBroken(Phase.AFTER_FIRST_BYTE, false, calls.call(canary, "sendMessage", NOTHING));
        assertThat(server.requests).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"ok\":tr",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"ok\"",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nnone",
                "complete nonsense\r\n\r\n"
            })
    void half_an_answer_is_after_the_first_byte(String raw) {
        server.thenRaw(raw);
        assertBroken(Phase.AFTER_FIRST_BYTE, false, calls.call(canary, "sendMessage", NOTHING));
    }

    @Test
    void an_endless_answer_is_cut_at_the_limit() {
        server.then(socket -> {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 4096; i++) {
                socket.getOutputStream().write(new byte[1024]);
            }
        });
        assertBroken(Phase.AFTER_FIRST_BYTE, false, calls.call(canary, "sendMessage", NOTHING));
    }

    @Test
    @SuppressWarnings("UnnecessaryAssignment") // there is no container here
    void a_dripping_answer_ends_at_the_deadline_of_the_whole_call() {
        CountDownLatch over = new CountDownLatch(1);
        server.then(socket -> {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
            over.await();
        });
        config.callDeadline = Duration.ofMillis(300);
        ApiAnswer answer = calls.call(canary, "sendMessage", NOTHING);
        over.countDown();
        assertBroken(Phase.AFTER_FIRST_BYTE, true, answer);
    }

    @Test
    void a_refused_connection_is_not_sent() throws IOException {
        // Bound and not listening: nobody else can take the port meanwhile.
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            TelegramCalls refused = TestCalls.calls(TestCalls.config("http://127.0.0.1:" + taken.getLocalPort()));
            assertBroken(Phase.NOT_SENT, false, refused.call(canary, "sendMessage", NOTHING));
            refused.close();
        }
    }

    @Test
    void a_name_that_is_not_found_is_not_sent() {
        TelegramCalls lost = TestCalls.calls(TestCalls.config("http://holdfast.invalid"));
        assertBroken(Phase.NOT_SENT, false, lost.call(canary, "sendMessage", NOTHING));
        lost.close();
    }

    @Test
    void a_server_without_tls_is_not_sent() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket socket = plain.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 400 X\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    socket.getInputStream().readAllBytes();
                } catch (IOException e) {
                    logs.text.append("closed");
                }
            });
            TelegramCalls secure = TestCalls.calls(TestCalls.config("https://127.0.0.1:" + plain.getLocalPort()));
            assertBroken(Phase.NOT_SENT, false, secure.call(canary, "sendMessage", NOTHING));
            secure.close();
        }
    }

    @Test
    @SuppressWarnings("UnnecessaryAssignment") // there is no container here
    void a_silent_tls_handshake_is_not_sent() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            TelegramConfig slow = TestCalls.config("https://127.0.0.1:" + silent.getLocalPort());
            slow.callDeadline = Duration.ofMillis(300);
            TelegramCalls secure = TestCalls.calls(slow);
            assertBroken(Phase.NOT_SENT, true, secure.call(canary, "sendMessage", NOTHING));
            secure.close();
        }
    }

    @Test
    @SuppressWarnings("UnnecessaryAssignment") // there is no container here
    void a_call_that_finds_no_free_connection_is_not_sent_and_polls_take_none_away() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        server.then(socket -> over.await());
        Thread poller =
                Thread.ofVirtual().start(() -> calls.poll(canary, "getUpdates", NOTHING, Duration.ofSeconds(10)));
        await().until(() -> server.requests.size() == 1);
        server.thenAnswer(200, "{}");
        assertThat(calls.call(canary, "getMe", NOTHING)).isInstanceOf(Answered.class);

        server.then(socket -> over.await());
        Thread caller = Thread.ofVirtual().start(() -> calls.call(canary, "getMe", NOTHING));
        await().until(() -> server.requests.size() == 3);
        config.callDeadline = Duration.ofMillis(50);
        assertBroken(Phase.NOT_SENT, true, calls.call(canary, "getMe", NOTHING));
        over.countDown();
        poller.join();
        caller.join();
    }

    @Test
    void a_method_that_is_none_is_not_sent() {
        assertBroken(Phase.NOT_SENT, false, calls.call(canary, "../getMe", NOTHING));
        assertThat(server.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "api.telegram.org", "ftp://x", "https://user:x@host", "https://x?y", "https://x#y", "/path"})
    @SuppressWarnings("UnnecessaryAssignment") // there is no container here
    void an_api_url_that_cannot_work_stops_the_start(String url) {
        config.apiUrl = url;
        assertThatThrownBy(config::start)
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("holdfast.telegram.api-url must be");
    }

    private void assertBroken(Phase phase, boolean timeout, ApiAnswer answer) {
        assertThat(answer).isInstanceOfSatisfying(Broken.class, broken -> {
            assertThat(broken.phase()).isEqualTo(phase);
            assertThat(broken.timeout()).isEqualTo(timeout);
            assertThat(broken.reason()).isNotBlank();
        });
        assertTokenless(answer);
    }

    private void assertTokenless(ApiAnswer answer) {
        assertThat(answer.toString()).doesNotContain(canary.reveal());
        assertThat(canary.toString()).doesNotContain(canary.reveal());
    }

    private static final class LogKeeper extends Handler {
        final Logger root = Logger.getLogger("");
        final Logger okhttp = Logger.getLogger("okhttp3");
        final Logger own = Logger.getLogger("io.holdfast");
        final StringWriter text = new StringWriter();

        @Override
        public void publish(LogRecord entry) {
            text.append(entry.getMessage()).append('\n');
            if (entry.getThrown() != null) {
                entry.getThrown().printStackTrace(new PrintWriter(text, true));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
