package io.holdfast.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A small HTTP/1.1 server on 127.0.0.1: one virtual thread per connection, keep-alive, no pipelining. */
final class HttpServer implements Closeable {

    /** Answers one request, or breaks the connection on purpose. */
    interface Handler {
        void handle(HttpRequest request, HttpConnection connection) throws IOException, InterruptedException;
    }

    private final ServerSocket listener;
    private final Handler handler;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final OwnedThreads threads;

    HttpServer(int port, Handler handler, OwnedThreads threads) throws IOException {
        this.handler = handler;
        this.threads = threads;
        this.listener = new ServerSocket();
        try {
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 1024);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    void start() {
        threads.start("simulator-accept", this::acceptAll);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void acceptAll() {
        while (!listener.isClosed()) {
            acceptOne();
        }
    }

    private void acceptOne() {
        try {
            Socket socket = listener.accept();
            sockets.add(socket);
            threads.start("simulator-http", () -> serve(socket));
        } catch (IOException e) {
            // Closing the listener ends the loop; a connection that died in the backlog does not.
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            HttpConnection connection = new HttpConnection(socket);
            answerAll(connection);
        } catch (IOException e) {
            // The peer went away: nobody is left to tell.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(socket);
        }
    }

    private void answerAll(HttpConnection connection) throws IOException, InterruptedException {
        HttpInput in = new HttpInput(connection.input());
        try {
            while (!connection.isClosing()) {
                HttpRequest request = HttpRequest.read(in, connection);
                if (request == null) {
                    return;
                }
                if (request.wantsClose()) {
                    connection.closeAfterAnswer();
                }
                handler.handle(request, connection);
            }
        } catch (HttpFormatException e) {
            connection.closeAfterAnswer();
            connection.send(HttpResponse.json(e.status(), Json.error(e.status(), String.valueOf(e.getMessage()))));
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
