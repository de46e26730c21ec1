package io.holdfast.telegram;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPOutputStream;

/**
 * Bodies that a webhook should never meet and does; the same seed always gives the same bodies.
 *
 * <p>The named ones are one trap each; {@link #next()} draws from them, from good updates, and from good ones damaged at
 * random.
 */
public final class HostileUpdates {
    private static final long BEYOND_DOUBLE = 9_007_199_254_740_993L;

    private final RandomGenerator random;
    private final List<Body> traps = new ArrayList<>();
    private long updateId;

    public HostileUpdates(long seed) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.updateId = 700_000_000L + random.nextInt(1_000_000);
    }

    /** What arrives, and whether a parser that keeps the limits can read it as an update. */
    public record Body(String name, byte[] bytes, boolean gzip, boolean readable) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Each trap once. */
    public List<Body> all() {
        List<Body> all = new ArrayList<>();
        all.addAll(unreadable());
        all.addAll(readable());
        return all;
    }

    public List<Body> unreadable() {
        return List.of(
                bad("empty", ""),
                bad("not JSON", "<html>hello</html>"),
                bad("an array", "[]"),
                bad("half an update", good("half").substring(0, 40)),
                bad("two updates", good("one") + good("two")),
                bad("without an id", "{\"message\":{\"message_id\":1}}"),
                bad("an id of text", "{\"update_id\":\"7\"}"),
                bad("an id beyond 64 bits", "{\"update_id\":" + "9".repeat(25) + "}"),
                bad("a chat id beyond 64 bits", message("\"chat\":{\"id\":-" + "9".repeat(20) + "}")),
                bad("a huge number", message("\"x\":" + "1".repeat(5000))),
                bad("a huge fraction", message("\"x\":0." + "1".repeat(5000) + "e999999999")),
                bad("deep arrays", message("\"x\":" + "[".repeat(100_000))),
                bad("deep closed objects", message("\"x\":" + "{\"a\":".repeat(500) + "1" + "}".repeat(500))),
                bad("a raw NUL", message("\"text\":\"a\u0000b\"")),
                new Body("invalid UTF-8", bytes(0xff), false, false),
                new Body("an overlong slash", bytes(0xc0, 0xaf), false, false),
                new Body("an encoded surrogate", bytes(0xed, 0xa0, 0x80), false, false),
                new Body("UTF-16", good("wide").getBytes(StandardCharsets.UTF_16LE), false, false),
                tooBig(2 << 20),
                gzipBomb(16 << 20),
                new Body("gzip that is none", utf8(good("flat")), true, false),
                new Body("half a gzip", cut(gzip(utf8(good("cut")))), true, false));
    }

    public List<Body> readable() {
        return List.of(
                fine("an escaped NUL", message("\"text\":\"a\\u0000b\",\"chat\":{\"id\":5,\"type\":\"private\"}")),
                fine("a lone surrogate", message("\"text\":\"a\\ud800b\",\"chat\":{\"id\":5,\"type\":\"private\"}")),
                fine("ids beyond 2^53", message("\"chat\":{\"id\":-%d,\"type\":\"group\"}".formatted(BEYOND_DOUBLE))),
                fine("nothing but an id", "{\"update_id\":%d}".formatted(updateId++)),
                fine("an unknown kind", "{\"update_id\":%d,\"weather\":{\"rain\":[1,2,{}]}}".formatted(updateId++)),
                fine("a kind with a NUL", "{\"update_id\":%d,\"k\\u0000\\ud800\":{}}".formatted(updateId++)),
                fine("a message of another shape", "{\"update_id\":%d,\"message\":[]}".formatted(updateId++)),
                fine("a date beyond all years", message("\"date\":9223372036854775807")),
                fine(
                        "entities beyond the text",
                        message(
                                "\"text\":\"/a\",\"entities\":[{\"type\":\"bot_command\","
                                        + "\"offset\":-1,\"length\":2147483647},{\"type\":\"bot_command\",\"offset\":1,\"length\":9}]")),
                new Body("a good one in gzip", gzip(utf8(good("packed"))), true, true));
    }

    public Body next() {
        if (traps.isEmpty()) {
            traps.addAll(all());
        }
        return switch (random.nextInt(4)) {
            case 0 -> traps.get(random.nextInt(traps.size()));
            case 1 -> fine("a good one", good("hello " + updateId));
            default -> new Body("damaged", damaged(), false, false);
        };
    }

    /** An ordinary message; its bytes are well-formed. */
    public String good(String text) {
        return message(
                "\"date\":1700000000,\"chat\":{\"id\":%d,\"type\":\"private\"},\"from\":{\"id\":77,\"is_bot\":false},\"text\":\"%s\""
                        .formatted(random.nextLong(1, Long.MAX_VALUE), text));
    }

    public Body gzipBomb(int size) {
        return new Body("a gzip bomb", gzip(utf8(message("\"text\":\"" + " ".repeat(size) + "\""))), true, false);
    }

    public Body tooBig(int size) {
        return bad("too big", message("\"text\":\"" + "x".repeat(size) + "\""));
    }

    /** Whether it is still an update is for the parser to say: only that it may not throw anything unexpected is known. */
    byte[] damaged() {
        byte[] bytes = utf8(good("damaged \\u0041\\ud83d\\ude00"));
        int blows = 1 + random.nextInt(4);
        for (int i = 0; i < blows; i++) {
            int at = random.nextInt(bytes.length);
            bytes[at] = switch (random.nextInt(3)) {
                case 0 -> (byte) random.nextInt(256);
                case 1 -> (byte) "{}[]\",:\\0-eEntu".charAt(random.nextInt(15));
                default -> bytes[random.nextInt(bytes.length)];
            };
        }
        return bytes;
    }

    private String message(String fields) {
        return "{\"update_id\":%d,\"message\":{\"message_id\":%d,%s}}".formatted(updateId++, updateId, fields);
    }

    private byte[] bytes(int... wrong) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(utf8("{\"update_id\":1,\"message\":{\"text\":\""));
        for (int one : wrong) {
            out.write(one);
        }
        out.writeBytes(utf8("\"}}"));
        return out.toByteArray();
    }

    private static Body bad(String name, String text) {
        return new Body(name, utf8(text), false, false);
    }

    private static Body fine(String name, String text) {
        return new Body(name, utf8(text), false, true);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] cut(byte[] whole) {
        return Arrays.copyOf(whole, whole.length / 2);
    }

    static byte[] gzip(byte[] flat) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(flat);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
