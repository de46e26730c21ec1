package io.holdfast.rig;

import io.holdfast.rig.LinkScript.Door;
import io.holdfast.rig.LinkScript.Way;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One connection through a {@link FaultProxy}: a thread for each direction. */
final class Relay {
    private static final int PIECE = 16_384;
    private static final int CONNECT_MILLIS = 5_000;
    /** With a rate, a piece takes about this part of a second, so that bytes drip instead of coming in lumps. */
    private static final int PIECES_PER_SECOND = 20;

    private final FaultProxy proxy;
    private final long number;
    private final Socket client;
    private final Socket target = new Socket();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicReference<@Nullable LinkScript> struckBy = new AtomicReference<>();
    private final AtomicBoolean halfEnded = new AtomicBoolean();
    private volatile boolean swallowed;

    Relay(FaultProxy proxy, long number, Socket client) {
        this.proxy = proxy;
        this.number = number;
        this.client = client;
    }

    long number() {
        return number;
    }

    boolean isClosed() {
        return closed.get();
    }

    void strike(LinkScript script) {
        if (!script.equals(struckBy.getAndSet(script))) {
            proxy.countStrike();
        }
    }

    void run(int targetPort) {
        LinkScript script = proxy.scriptFor(number);
        if (script.door() == Door.RESET || script.door() == Door.REFUSE) {
            strike(script);
            reset();
            return;
        }
        swallowed = script.door() == Door.SWALLOW;
        try {
            client.setTcpNoDelay(true);
            if (!swallowed) {
                target.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort), CONNECT_MILLIS);
                target.setTcpNoDelay(true);
                Thread.ofVirtual().name("proxy-down-" + proxy.port()).start(() -> pass(target, client, Way.DOWN));
            }
        } catch (IOException e) {
            reset();
            return;
        }
        pass(client, target, Way.UP);
    }

    private void pass(Socket from, Socket to, Way way) {
        try {
            pump(from.getInputStream(), to, way);
        } catch (IOException e) {
            reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            reset();
        }
    }

    private void pump(InputStream in, Socket to, Way way) throws IOException, InterruptedException {
        byte[] piece = new byte[PIECE];
        LinkScript counting = LinkScript.whole();
        long passed = 0;
        while (true) {
            int length = in.read(piece, 0, pieceSize(proxy.scriptFor(number), way));
            LinkScript script = proxy.scriptFor(number);
            if (script.door() == Door.SWALLOW) {
                strike(script);
                swallowed = true;
            }
            if (!swallowed) {
                proxy.awaitFlow(this, way);
            }
            if (length < 0) {
                ended(to, way);
                return;
            }
            if (swallowed) {
                continue;
            }
            if (!counting.equals(script)) {
                counting = script;
                passed = 0;
            }
            slow(script, way, length);
            if (!write(to.getOutputStream(), piece, length, script, way, passed)) {
                return;
            }
            passed += length;
        }
    }

    private static int pieceSize(LinkScript script, Way way) {
        return script.slows(way) && script.bytesPerSecond() > 0
                ? Math.clamp(script.bytesPerSecond() / PIECES_PER_SECOND, 1, PIECE)
                : PIECE;
    }

    private void slow(LinkScript script, Way way, int length) throws InterruptedException {
        if (script.slows(way)) {
            strike(script);
            long nanos = script.latency().toNanos();
            nanos += script.jitter().isZero()
                    ? 0
                    : ThreadLocalRandom.current().nextLong(script.jitter().toNanos());
            nanos += script.bytesPerSecond() == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) * length / script.bytesPerSecond();
            TimeUnit.NANOSECONDS.sleep(nanos);
        }
    }

    /** False when the connection is closed; after an orderly end what still comes is read, for closing would reset it. */
    private boolean write(OutputStream out, byte[] piece, int length, LinkScript script, Way way, long passed)
            throws IOException {
        if (!script.cuts(way) || passed + length < script.cutAfter()) {
            out.write(piece, 0, length);
            return true;
        }
        strike(script);
        out.write(piece, 0, (int) Math.max(0, script.cutAfter() - passed));
        if (script.cutByReset()) {
            reset();
        } else {
            swallowed = true;
            client.shutdownOutput();
            target.shutdownOutput();
        }
        return !script.cutByReset();
    }

    /** One side says no more: the other is told, unless it is kept in the dark. */
    private void ended(Socket to, Way way) throws IOException {
        if (!swallowed) {
            to.shutdownOutput();
        }
        if (swallowed ? way == Way.UP : !halfEnded.compareAndSet(false, true)) {
            close();
        }
    }

    /** Ends both sides by RST. */
    void reset() {
        try {
            client.setSoLinger(true, 0);
            if (target.isConnected()) {
                target.setSoLinger(true, 0);
            }
        } catch (IOException e) {
            // One side is closed already.
            close();
            return;
        }
        close();
    }

    private void close() {
        if (closed.compareAndSet(false, true)) {
            closeSocket(client);
            closeSocket(target);
            proxy.closed(this);
        }
    }

    private static void closeSocket(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // Nothing depends on a socket that cannot even be closed.
            return;
        }
    }
}
