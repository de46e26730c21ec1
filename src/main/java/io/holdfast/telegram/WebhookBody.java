package io.holdfast.telegram;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The body of a delivery: whole and decompressed, or refused with what is worth keeping of it.
 *
 * <p>At most 1 MiB is held and at most 1 MiB inflated, whatever is sent. What is over the limit is read and thrown away up to 4 MiB, so
 * that the sender is still there to read the answer.
 */
sealed interface WebhookBody {
    int LIMIT = 1 << 20;
    int KEPT = 64 * 1024;
    int DRAINED = 4 << 20;

    record Whole(byte[] bytes) implements WebhookBody {}

    /** {@code firstBytes} and {@code size} are of the body as it was sent, before decompression. */
    record Refused(String reason, byte[] firstBytes, long size) implements WebhookBody {
        static Refused of(String reason, byte[] sent) {
            return new Refused(reason, Arrays.copyOf(sent, Math.min(KEPT, sent.length)), sent.length);
        }
    }

    /** Reads to the end or to the limit; throws only when the connection broke. */
    static WebhookBody read(InputStream in, @Nullable String contentEncoding) throws IOException {
        byte[] sent = in.readNBytes(LIMIT + 1);
        if (sent.length > LIMIT) {
            long more = drain(in);
            return new Refused("body over 1 MiB", Arrays.copyOf(sent, KEPT), sent.length + more);
        }
        String encoding =
                contentEncoding == null ? "identity" : contentEncoding.strip().toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "identity", "" -> new Whole(sent);
            case "gzip", "x-gzip" -> inflate(sent);
            default -> Refused.of("unknown content encoding", sent);
        };
    }

    private static WebhookBody inflate(byte[] sent) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(sent))) {
            byte[] flat = gzip.readNBytes(LIMIT + 1);
            return flat.length > LIMIT ? Refused.of("body over 1 MiB when decompressed", sent) : new Whole(flat);
        } catch (IOException e) {
            return Refused.of("bad gzip", sent);
        }
    }

    private static long drain(InputStream in) throws IOException {
        byte[] waste = new byte[8192];
        long drained = 0;
        for (int read = in.read(waste); read >= 0 && drained < DRAINED; read = in.read(waste)) {
            drained += read;
        }
        return drained;
    }
}
