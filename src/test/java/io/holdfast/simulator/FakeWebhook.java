package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A webhook for tests: remembers what came, answers as it is told. */
final class FakeWebhook implements Closeable {

    /** Decides the answer to one update. */
    interface Answer {
        HttpResponse to(String update) throws InterruptedException;
    }

    static final HttpResponse OK = HttpResponse.of(200, "text/plain", new byte[0]);

    private final OwnedThreads threads = new OwnedThreads();
    private final HttpServer server;
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private volatile boolean remember = true;
    private volatile @Nullable String secret;

    FakeWebhook(Answer answer) {
        try {
            server = new HttpServer(
                    0,
                    (request, connection) -> {
                        String body = remember ? new String(request.body(), UTF_8) : "";
                        secret = request.header("x-telegram-bot-api-secret-token");
                        if (remember) {
                            bodies.add(body);
                        }
                        connection.send(answer.to(body));
                    },
                    threads);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.start();
    }

    FakeWebhook forgetting() {
        remember = false;
        return this;
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.port() + "/hook");
    }

    List<String> bodies() {
        return List.copyOf(bodies);
    }

    @Nullable
    String secret() {
        return secret;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.stop();
        }
    }
}
