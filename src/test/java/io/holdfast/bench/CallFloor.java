package io.holdfast.bench;

import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import okhttp3.ConnectionPool;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** The HTTP client that the product uses, OkHttp, set up as there, against the fake Telegram: both in this process. */
final class CallFloor {
    private static final int CALLS = 32;
    private static final MediaType JSON = MediaType.get("application/json");

    private CallFloor() {}

    private static OkHttpClient client() {
        return new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(CALLS, 60, TimeUnit.SECONDS))
                .protocols(List.of(Protocol.HTTP_1_1))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .build();
    }

    /** Bots of the fake Telegram that the server does not know, with a webhook of their own. */
    static List<SimBot> bots(Subject subject, int count, String webhook) {
        OkHttpClient client = client();
        List<SimBot> bots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            SimBot bot = subject.installation().simulator().createBot("floor%d_bot".formatted(i), "Floor");
            call(client, subject, bot, "setWebhook", "{\"url\":\"%s\",\"max_connections\":40}".formatted(webhook));
            bots.add(bot);
        }
        client.connectionPool().evictAll();
        return bots;
    }

    static Floors.Rate measure(Subject subject, Duration length) throws InterruptedException {
        SimBot bot = subject.installation().simulator().createBot("calls_bot", "Calls");
        SimChat chat = subject.installation().simulator().privateChat(bot, "Cal");
        String json = "{\"chat_id\":%d,\"text\":\"m1 #1\"}".formatted(chat.id());
        OkHttpClient client = client();
        LongAdder done = new LongAdder();
        long end = System.nanoTime() + 2 * length.toNanos();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CALLS; i++) {
                threads.execute(() -> {
                    while (System.nanoTime() - end < 0) {
                        call(client, subject, bot, "sendMessage", json);
                        done.increment();
                    }
                });
            }
            Bench.pass(length);
            Reading.Window window = subject.watch(done::sum, length.minusMillis(200));
            return new Floors.Rate(window.perSecond(), window.processor().driver() / window.answered() * 1000);
        } finally {
            client.connectionPool().evictAll();
        }
    }

    private static void call(OkHttpClient client, Subject subject, SimBot bot, String method, String json) {
        Request request = new Request.Builder()
                .url("%sbot%s/%s".formatted(subject.installation().simulator().url(), bot.token(), method))
                .post(RequestBody.create(json, JSON))
                .build();
        try (Response response = client.newCall(request).execute()) {
            if (response.code() != 200) {
                throw new IllegalStateException(method + " was answered " + response.code());
            }
            response.body().bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
