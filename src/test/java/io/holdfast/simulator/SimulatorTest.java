package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SimulatorTest {

    @Test
    void no_thread_and_no_socket_is_left_after_close() throws Exception {
        Stage stage = Stage.open();
        Simulator simulator = stage.simulator();
        try (FakeWebhook webhook = new FakeWebhook(update -> {
                    TimeUnit.MINUTES.sleep(1);
                    return FakeWebhook.OK;
                });
                BotClient listener = BotClient.of(simulator, stage.bot());
                BotClient poller = BotClient.of(simulator, simulator.createBot("other_bot", "Other"))) {
            stage.setWebhook(webhook, 4);
            simulator.say(stage.bot(), stage.chat(), "hangs");
            listener.send("GET /sim/events HTTP/1.1\r\nHost: localhost\r\n\r\n", new byte[0]);
            CompletableFuture<Void> poll = CompletableFuture.runAsync(() -> {
                try {
                    poller.call("getUpdates", "{\"timeout\":50}");
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            });
            while (simulator.threadCount() < 6) {
                Thread.onSpinWait();
            }
            int port = simulator.url().getPort();
            stage.close();
            assertThat(simulator.threadCount()).isZero();
            assertThat(poll.handle((nothing, failure) -> failure != null).get(10, TimeUnit.SECONDS))
                    .isTrue();
            try (Simulator next = Simulator.start(SimulatorConfig.defaults().withPort(port))) {
                assertThat(next.url().getPort()).isEqualTo(port);
            }
        }
    }

    @Test
    void hostile_requests_are_answered_with_4xx_or_closed() throws Exception {
        try (Stage stage = Stage.open()) {
            assertThat(firstLine(stage, "NONSENSE\r\n\r\n")).startsWith("HTTP/1.1 400");
            assertThat(firstLine(stage, "GET / HTTP/1.1\r\nno colon\r\n\r\n")).startsWith("HTTP/1.1 400");
            assertThat(firstLine(stage, "POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n"))
                    .startsWith("HTTP/1.1 400");
            assertThat(firstLine(stage, "POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n"))
                    .startsWith("HTTP/1.1 413");
            assertThat(firstLine(stage, "GET /" + "x".repeat(100_000))).startsWith("HTTP/1.1 431");
            assertThat(firstLine(stage, "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .startsWith("HTTP/1.1 404");
            for (String body : new String[] {"[]", "{", "{\"text\":", "\u0000", "{\"a\":1}{\"b\":2}"}) {
                assertThat(stage.call("sendMessage", body).status()).isEqualTo(400);
            }
            assertThat(stage.call("sendMessage", "{\"a\":".repeat(100_000)).status())
                    .isEqualTo(400);
            assertThat(stage.send("still here").status()).isEqualTo(200);
        }
    }

    private static String firstLine(Stage stage, String request) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), stage.simulator().url().getPort())) {
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return String.valueOf(new HttpInput(socket.getInputStream()).firstLine());
        }
    }

    @Test
    void chunked_bodies_are_read() throws Exception {
        try (Stage stage = Stage.open()) {
            String json = "{\"chat_id\":" + stage.chat().id() + ",\"text\":\"chunks\"}";
            String head = "POST /bot" + stage.bot().token() + "/sendMessage HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
            String body = "5\r\n" + json.substring(0, 5) + "\r\n" + Integer.toHexString(json.length() - 5) + ";x=y\r\n"
                    + json.substring(5) + "\r\n0\r\nTrailer: x\r\n\r\n";
            stage.client().send(head, body.getBytes(UTF_8));
            assertThat(stage.client().read().result().path("text").asText()).isEqualTo("chunks");
            assertThat(stage.send("and on").status()).isEqualTo(200);
        }
    }

    @Test
    void only_loopback_names_are_answered() throws Exception {
        try (Stage stage = Stage.open()) {
            assertThat(hostStatus(stage, "evil.example")).isEqualTo(403);
            assertThat(hostStatus(stage, "127.0.0.1.evil.example:80")).isEqualTo(403);
            assertThat(hostStatus(stage, "localhost:1")).isEqualTo(200);
            assertThat(hostStatus(stage, "[::1]:1")).isEqualTo(200);
            assertThat(hostStatus(stage, "127.0.0.1\r\nOrigin: http://evil.example"))
                    .isEqualTo(403);
            assertThat(hostStatus(stage, "127.0.0.1\r\nOrigin: null")).isEqualTo(403);
        }
    }

    private static int hostStatus(Stage stage, String host) throws IOException {
        return stage.client()
                .request("GET", "/sim/bots", "text/plain", new byte[0], host)
                .status();
    }

    @Test
    void the_specification_is_whole() {
        assertThat(MethodSpecs.instance().size()).isEqualTo(180);
        assertThat(MethodSpecs.instance().find("sendmessage")).isEqualTo("sendMessage");
    }

    @Test
    void wrong_options_end_with_2_and_a_busy_port_with_1() throws Exception {
        assertThat(run("--port")).isEqualTo("2 The option --port needs a value");
        assertThat(run("--colour", "red")).isEqualTo("2 There is no option --colour");
        assertThat(run("--port", "x")).isEqualTo("2 The option --port needs a number, not \"x\"");
        assertThat(run("--port", "70000")).isEqualTo("2 port must be 0 to 65535");
        assertThat(run("--rate-limits", "maybe")).isEqualTo("2 \"maybe\" is neither on nor off");
        try (Stage stage = Stage.open()) {
            String port = Integer.toString(stage.simulator().url().getPort());
            assertThat(run("--port", port)).startsWith("1 Port " + port + " is taken");
        }
    }

    private static String run(String... args) throws InterruptedException {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
        int status = SimulatorMain.run(args, nowhere, new PrintStream(err, true, UTF_8));
        String text = err.toString(UTF_8).strip();
        int usage = text.indexOf("; usage");
        return status + " " + (usage < 0 ? text : text.substring(0, usage));
    }
}
