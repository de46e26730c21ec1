package io.holdfast.telegram;

import io.holdfast.channel.BotToken;
import io.holdfast.telegram.ApiAnswer.Answered;
import io.holdfast.telegram.ApiAnswer.Broken;
import io.holdfast.telegram.ApiAnswer.Phase;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/**
 * Makes every HTTP call to Telegram, for all bots, over one client.
 *
 * <p>Each call is sent at most once: nothing is repeated or redirected behind the outbox's back. It ends within its deadline, which
 * covers waiting for a connection, the name lookup and the last byte of the answer. The token is part of the URL, so no
 * exception leaves this class: what broke is told in our own words. Blocks the calling thread; safe for many threads; never
 * called inside a transaction.
 *
 * <p>HTTP/1.1 only: when a connection breaks, one call is uncertain, not all that share it.
 */
@ApplicationScoped
class TelegramCalls {
    private static final int LARGEST_ANSWER = 1 << 20;
    /** A hundred long messages, each with the one it replies to. */
    private static final int LARGEST_POLL = 16 << 20;
    /** Shorter than the idle time after which Telegram closes a connection. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(55);

    private static final MediaType JSON = MediaType.get("application/json");
    private static final Pattern METHOD = Pattern.compile("[A-Za-z]{3,64}");

    @Inject
    TelegramConfig config;

    @Inject
    TelegramReach reach;

    private OkHttpClient client;
    private HttpUrl base;
    private Semaphore calls;
    private Semaphore polls;

    @PostConstruct
    void open() {
        base = config.apiBase();
        calls = new Semaphore(config.connectionsPerHost(), true);
        polls = new Semaphore(config.connections() - config.connectionsPerHost(), true);
        client = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(config.connections(), KEEP_ALIVE.toSeconds(), TimeUnit.SECONDS))
                .protocols(List.of(Protocol.HTTP_1_1))
                .dns(new RememberedDns(Dns.SYSTEM, InstantSource.system(), config.dnsCache(), config.connectTimeout()))
                .connectTimeout(config.connectTimeout())
                .readTimeout(Duration.ZERO)
                .writeTimeout(Duration.ZERO)
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .cookieJar(CookieJar.NO_COOKIES)
                .eventListenerFactory(call -> CallProgress.of(call.request()))
                .build();
    }

    /** Ends what is still under way and closes every connection and thread. */
    @PreDestroy
    void close() {
        client.dispatcher().cancelAll();
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /** One call within the configured deadline; {@code json} is the object of its parameters, as {@link Upload} says with a file. */
    ApiAnswer call(BotToken token, String method, byte[] json) {
        Optional<RequestBody> upload = Upload.of(method, json);
        Duration deadline = upload.isPresent() ? config.uploadDeadline() : config.callDeadline();
        RequestBody body = upload.orElseGet(() -> new OneShotBody(JSON, json));
        return withPermit(calls, token, method, body, deadline, LARGEST_ANSWER);
    }

    /** A call that Telegram holds open; it takes no connection away from {@link #call}. */
    ApiAnswer poll(BotToken token, String method, byte[] json, Duration deadline) {
        return withPermit(polls, token, method, new OneShotBody(JSON, json), deadline, LARGEST_POLL);
    }

    private ApiAnswer withPermit(
            Semaphore permits, BotToken token, String method, RequestBody body, Duration deadline, int largest) {
        if (!METHOD.matcher(method).matches()) {
            return new Broken(Phase.NOT_SENT, false, "not the name of a method");
        }
        long end = System.nanoTime() + deadline.toNanos();
        try {
            if (!permits.tryAcquire(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                return new Broken(Phase.NOT_SENT, true, "no free connection within the deadline");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Broken(Phase.NOT_SENT, false, "interrupted");
        }
        try {
            ApiAnswer answer = exchange(request(token, method, body), Math.max(1, end - System.nanoTime()), largest);
            reach.note(answer);
            return answer;
        } finally {
            permits.release();
        }
    }

    private Request request(BotToken token, String method, RequestBody body) {
        HttpUrl url = base.newBuilder()
                .addPathSegment("bot" + token.reveal())
                .addPathSegment(method)
                .build();
        return new Request.Builder()
                .url(url)
                .post(body)
                .tag(CallProgress.class, new CallProgress())
                .build();
    }

    private ApiAnswer exchange(Request request, long nanosLeft, int largest) {
        Call call = client.newCall(request);
        call.timeout().timeout(nanosLeft, TimeUnit.NANOSECONDS);
        try (Response response = call.execute()) {
            BufferedSource body = response.body().source();
            if (body.request(largest + 1L)) {
                return new Broken(Phase.AFTER_FIRST_BYTE, false, "an answer over the limit of size");
            }
            return new Answered(response.code(), body.readByteArray(), seconds(response.header("Retry-After")));
        } catch (IOException | RuntimeException e) {
            return broken(request, e);
        }
    }

    /** Takes nothing from the exception but its kind: messages and causes quote the URL. */
    private static Broken broken(Request request, Exception e) {
        CallProgress progress = request.tag(CallProgress.class);
        Phase phase = progress == null ? Phase.AFTER_FIRST_BYTE : progress.phase();
        boolean timeout = e instanceof InterruptedIOException;
        return new Broken(
                phase,
                timeout,
                "%s (%s)".formatted(words(phase, e), e.getClass().getSimpleName()));
    }

    private static String words(Phase phase, Exception e) {
        if (e instanceof UnknownHostException) {
            return "the name of the API's host was not found";
        }
        if (e instanceof InterruptedIOException) {
            return phase == Phase.NOT_SENT ? "no connection in time" : "no whole answer in time";
        }
        return phase == Phase.NOT_SENT
                ? "no connection to the API's host"
                : "the connection broke before the answer was whole";
    }

    private static @Nullable Integer seconds(@Nullable String header) {
        if (header == null || !header.matches("[0-9]{1,6}")) {
            return null;
        }
        return Integer.valueOf(header);
    }
}
