package io.holdfast.telegram;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Plays a Bot API that misbehaves: each request is read whole and then handed to the next fault. */
final class FaultyServer implements AutoCloseable {

    /** What happens on the socket once a request was read; returning closes it. */
    interface Fault {
        void on(Socket socket) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    final List<String> requests = new CopyOnWriteArrayList<>();

    FaultyServer() {
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::serve);
    }

    String url() {
        return "http://127.0.0.1:" + listener.getLocalPort();
    }

    FaultyServer then(Fault fault) {
        faults.add(fault);
        return this;
    }

    FaultyServer thenAnswer(int status, String body, String... headers) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 %d X\r\nContent-Length: %d\r\nConnection: close\r\n%s\r\n"
                .formatted(status, bytes.length, headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n");
        return then(socket -> {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes);
        });
    }

    /** Sends these characters as they are. */
    FaultyServer thenRaw(String text) {
        return then(socket -> socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8)));
    }

    FaultyServer thenReset() {
        return then(socket -> socket.setSoLinger(true, 0));
    }

    private void serve() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> handle(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void handle(Socket socket) {
        try (socket) {
            requests.add(read(socket.getInputStream()));
            Fault fault = faults.poll();
            if (fault != null) {
                fault.on(socket);
            }
        } catch (IOException | InterruptedException e) {
            // The other side went away, which is what many of these tests are about.
            Thread.currentThread().interrupt();
        }
    }

    private static String read(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return head.toString();
            }
            head.append((char) next);
        }
        int at = head.indexOf("Content-Length: ");
        int length = at < 0 ? 0 : Integer.parseInt(head.substring(at + 16, head.indexOf("\r\n", at)));
        return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            listener.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
