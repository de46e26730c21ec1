package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;

/** The answering half of one accepted connection, with the ways to break it that faults need. */
final class HttpConnection {

    private final Socket socket;
    private final OutputStream out;
    private boolean closing;

    HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.out = socket.getOutputStream();
        socket.setTcpNoDelay(true);
    }

    InputStream input() throws IOException {
        return socket.getInputStream();
    }

    void sayContinue() throws IOException {
        out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(ISO_8859_1));
    }

    void closeAfterAnswer() {
        closing = true;
    }

    boolean isClosing() {
        return closing;
    }

    void send(HttpResponse response) throws IOException {
        out.write(response.bytes(closing));
    }

    /** The head promises the whole body; half of it comes, then the connection ends. */
    void sendHalf(HttpResponse response) throws IOException {
        byte[] bytes = response.bytes(closing);
        out.write(bytes, 0, bytes.length - (response.bodyLength() + 1) / 2);
        closing = true;
    }

    void drip(HttpResponse response, Duration perByte) throws IOException, InterruptedException {
        byte[] bytes = response.bytes(closing);
        int head = bytes.length - response.bodyLength();
        out.write(bytes, 0, head);
        for (int i = head; i < bytes.length; i++) {
            Thread.sleep(perByte);
            out.write(bytes[i]);
        }
    }

    /** Lingering zero seconds makes the kernel send RST instead of FIN. */
    void reset() throws IOException {
        closing = true;
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Starts an endless answer, written to by the caller until the peer goes away. */
    OutputStream stream(String contentType) throws IOException {
        closing = true;
        out.write(("HTTP/1.1 200 OK\r\nContent-Type: " + contentType
                        + "\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n")
                .getBytes(ISO_8859_1));
        return out;
    }
}
