package io.holdfast.telegram;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.Dns;
import org.jspecify.annotations.Nullable;

/**
 * Remembers a host's addresses for a while, and goes on with the last good ones when a lookup fails or hangs.
 *
 * <p>A lookup cannot be interrupted, so it runs on a thread of its own and is waited for only as long as a connection may take.
 */
final class RememberedDns implements Dns {
    private final Dns real;
    private final InstantSource clock;
    private final Duration fresh;
    private final Duration patience;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(List<InetAddress> addresses, Instant at) {}

    RememberedDns(Dns real, InstantSource clock, Duration fresh, Duration patience) {
        this.real = real;
        this.clock = clock;
        this.fresh = fresh;
        this.patience = patience;
    }

    @Override
    public List<InetAddress> lookup(String hostname) throws UnknownHostException {
        Known last = known.get(hostname);
        Instant now = clock.instant();
        if (last != null && now.isBefore(last.at().plus(fresh))) {
            return last.addresses();
        }
        List<InetAddress> found = ask(hostname);
        if (found != null) {
            known.put(hostname, new Known(found, now));
            return found;
        }
        if (last != null) {
            return last.addresses();
        }
        throw new UnknownHostException(hostname);
    }

    private @Nullable List<InetAddress> ask(String hostname) {
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("telegram-dns").start(() -> {
            try {
                answer.complete(real.lookup(hostname));
            } catch (UnknownHostException | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            List<InetAddress> found = answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return found.isEmpty() ? null : found;
        } catch (ExecutionException | TimeoutException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }
}
