package io.holdfast.rig;

import io.holdfast.rig.LinkScript.Door;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Passes TCP connections of 127.0.0.1 on to another port of it, and misbehaves on request.
 *
 * <p>A script holds for connections that are open as for new ones, from the next byte on; those that a script ended stay ended.
 * All methods may be called from any thread. {@link #close()} leaves no thread and no socket.
 */
final class FaultProxy implements AutoCloseable {
    private final int port;
    private final int targetPort;
    private final Set<Relay> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private final AtomicLong struck = new AtomicLong();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile LinkScript script = LinkScript.whole();
    private @Nullable ServerSocket listener;
    private @Nullable Thread acceptor;

    /** Listens at once; who is behind the target need not be there yet. */
    FaultProxy(int targetPort) {
        this.targetPort = targetPort;
        ServerSocket first = listen(0);
        this.port = first.getLocalPort();
        serve(first);
    }

    int port() {
        return port;
    }

    /** Plays another script from now on. */
    void play(LinkScript next) {
        lock.lock();
        try {
            script = next;
            if (next.door() == Door.REFUSE) {
                stopListening();
            } else if (listener == null) {
                serve(listen(port));
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (next.door() == Door.REFUSE || next.door() == Door.RESET) {
            open.stream()
                    .filter(relay -> next.equals(scriptFor(relay.number())))
                    .forEach(relay -> {
                        relay.strike(next);
                        relay.reset();
                    });
        }
    }

    /** Resets what is open now, whatever is played; new connections pass. */
    void resetOpen() {
        open.forEach(Relay::reset);
    }

    /** How many connections are open. */
    int openConnections() {
        return open.size();
    }

    /** How many connections were taken so far. */
    long connections() {
        return accepted.get();
    }

    /** How often a script did something to a connection, once for each script and connection. */
    long struck() {
        return struck.get();
    }

    void countStrike() {
        struck.incrementAndGet();
    }

    /** What is played on the n-th connection. */
    LinkScript scriptFor(long number) {
        LinkScript now = script;
        return number % now.oneIn() == 0 ? now : LinkScript.whole();
    }

    /** Waits while bytes of this direction stand still, at most until the connection is closed. */
    void awaitFlow(Relay relay, LinkScript.Way way) throws InterruptedException {
        lock.lock();
        try {
            while (scriptFor(relay.number()).stops(way) && !relay.isClosed()) {
                relay.strike(script);
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    void closed(Relay relay) {
        open.remove(relay);
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void serve(ServerSocket socket) {
        listener = socket;
        acceptor = Thread.ofVirtual().name("proxy-" + port).start(() -> {
            while (!socket.isClosed()) {
                acceptOne(socket);
            }
        });
    }

    private void acceptOne(ServerSocket socket) {
        Socket client;
        try {
            client = socket.accept();
        } catch (IOException e) {
            // The listener was closed, or a connection was gone before it was taken.
            return;
        }
        Relay relay = new Relay(this, accepted.incrementAndGet(), client);
        open.add(relay);
        Thread.ofVirtual().name("proxy-up-" + port).start(() -> relay.run(targetPort));
    }

    private static ServerSocket listen(int port) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The port is closed only when nobody waits in accept any more. */
    private void stopListening() {
        ServerSocket socket = listener;
        Thread waiting = acceptor;
        listener = null;
        acceptor = null;
        if (socket != null && waiting != null) {
            try {
                socket.close();
                waiting.join();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            stopListening();
        } finally {
            lock.unlock();
        }
        resetOpen();
    }
}
