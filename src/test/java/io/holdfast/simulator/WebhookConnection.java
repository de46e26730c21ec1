package io.holdfast.simulator;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** One keep-alive connection to a webhook; used by one thread, closed by the deadline watch when an answer is late. */
final class WebhookConnection implements Closeable {

    /** What came of one POST; {@code problem} is null for a 2xx. */
    static final class Answer {
        private final int status;
        private final int retryAfter;
        private final byte[] body;
        private final @Nullable String problem;

        private Answer(int status, int retryAfter, byte[] body, @Nullable String problem) {
            this.status = status;
            this.retryAfter = retryAfter;
            this.body = body;
            this.problem = problem;
        }

        static Answer failed(String problem) {
            return new Answer(0, -1, new byte[0], problem);
        }

        int status() {
            return status;
        }

        /** Seconds the webhook asked to wait, -1 for no such wish. */
        int retryAfter() {
            return retryAfter;
        }

        byte[] body() {
            return body;
        }

        @Nullable
        String problem() {
            return problem;
        }
    }

    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(4);

    private final URI place;
    private final String head;
    private final long timeoutNanos;
    private final Deadlines deadlines;
    private volatile @Nullable Socket socket;
    private @Nullable HttpInput input;
    private long lastUse;
    private volatile boolean late;

    /** @param place scheme, host and port of who is behind the webhook's address */
    WebhookConnection(WebhookSettings settings, URI place, long timeoutNanos, Deadlines deadlines) {
        URI url = settings.url();
        this.place = place;
        this.timeoutNanos = timeoutNanos;
        this.deadlines = deadlines;
        String query = url.getRawQuery();
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        this.head = "POST " + path + (query == null ? "" : "?" + query) + " HTTP/1.1\r\nHost: "
                + url.getRawAuthority() + "\r\nConnection: keep-alive\r\nContent-Type: application/json\r\n"
                + (settings.secret().isEmpty() ? "" : "X-Telegram-Bot-Api-Secret-Token: " + settings.secret() + "\r\n")
                + "Content-Length: ";
    }

    Answer post(byte[] body) throws IOException {
        Deadlines.Watch watch = deadlines.watch(timeoutNanos, this::giveUp);
        try {
            Socket open = open();
            write(open.getOutputStream(), body, body.length);
            Answer answer = read();
            lastUse = System.nanoTime();
            return answer;
        } catch (IOException e) {
            close();
            throw e;
        } finally {
            watch.end();
        }
    }

    Answer dropInTheMiddle(byte[] body) throws IOException {
        close();
        Socket open = open();
        write(open.getOutputStream(), body, body.length / 2);
        close();
        return Answer.failed("connection dropped in the middle of the body by a fault");
    }

    private void write(OutputStream out, byte[] body, int length) throws IOException {
        byte[] headBytes = (head + body.length + "\r\n\r\n").getBytes(ISO_8859_1);
        byte[] all = new byte[headBytes.length + length];
        System.arraycopy(headBytes, 0, all, 0, headBytes.length);
        System.arraycopy(body, 0, all, headBytes.length, length);
        out.write(all);
    }

    private Answer read() throws IOException {
        HttpInput in = input;
        if (in == null) {
            throw new ConnectException("not connected");
        }
        int status = 100;
        HttpHeaders headers = new HttpHeaders();
        while (status / 100 == 1) {
            status = statusOf(in.firstLine());
            headers = in.headers();
        }
        byte[] body = status == 204 || status == 304 ? new byte[0] : in.body(headers, true);
        boolean endless = headers.get("content-length") == null && !headers.has("transfer-encoding", "chunked");
        if (headers.has("connection", "close") || (endless && status != 204 && status != 304)) {
            close();
        }
        if (status / 100 == 2) {
            return new Answer(status, -1, body, null);
        }
        return new Answer(
                status, seconds(headers.get("retry-after")), body, "Wrong response from the webhook: " + status);
    }

    private static int statusOf(@Nullable String line) throws IOException {
        if (line == null) {
            throw new HttpFormatException(0, "Connection closed by the webhook");
        }
        if (!line.matches("HTTP/1\\.[01] [0-9]{3}( .*)?")) {
            throw new HttpFormatException(0, "Wrong response from the webhook: no HTTP");
        }
        return Integer.parseInt(line.substring(9, 12));
    }

    private static int seconds(@Nullable String retryAfter) {
        return retryAfter != null && retryAfter.matches("[0-9]{1,9}") ? Integer.parseInt(retryAfter) : -1;
    }

    private Socket open() throws IOException {
        Socket open = socket;
        // A connection that rested for long may have been closed by the other side without our knowing.
        if (open != null && !open.isClosed() && System.nanoTime() - lastUse < FRESH_NANOS) {
            return open;
        }
        close();
        late = false;
        open = connect();
        socket = open;
        input = new HttpInput(open.getInputStream());
        return open;
    }

    private Socket connect() throws IOException {
        boolean tls = "https".equals(place.getScheme());
        int port = place.getPort() >= 0 ? place.getPort() : tls ? 443 : 80;
        Socket plain = new Socket();
        try {
            plain.setTcpNoDelay(true);
            plain.connect(
                    new InetSocketAddress(place.getHost(), port), (int) TimeUnit.NANOSECONDS.toMillis(timeoutNanos));
            return tls ? Tls.wrap(plain, place.getHost(), port) : plain;
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static final class Tls {
        static Socket wrap(Socket plain, String host, int port) throws IOException {
            return ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(plain, host, port, true);
        }
    }

    private void giveUp() {
        late = true;
        close();
    }

    String reasonOf(IOException e) {
        if (late || e instanceof SocketTimeoutException) {
            return "Read timeout expired";
        }
        if (e instanceof UnknownHostException) {
            return "Failed to resolve host: Name or service not known";
        }
        return e instanceof ConnectException ? "Connection refused" : String.valueOf(e.getMessage());
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Nothing depends on a socket that cannot even be closed.
                return;
            }
        }
    }
}
