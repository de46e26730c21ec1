package io.holdfast.rig;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** JSON values and words, mostly good ones; how many are not is the caller's to say. For one thread. */
final class HostileValues {
    /** Stands in a text for bytes that are no UTF-8; see {@link #bytes}. */
    private static final char BROKEN = '\uE000';

    private static final List<int[]> BROKEN_BYTES = List.of(
            new int[] {0xff},
            new int[] {0xc0, 0xaf},
            new int[] {0xed, 0xa0, 0x80},
            new int[] {0xf4, 0x90, 0x80, 0x80},
            new int[] {0x80},
            new int[] {0xe2, 0x82});

    private static final List<String> WORDS = List.of(
            "/start", "/echo hello", "/help", "/status", "/remind 1h tea", "/nothing", "tea", "private", "en", "x");

    private static final List<String> NUMBERS = List.of(
            "9223372036854775807",
            "-9223372036854775808",
            "9223372036854775808",
            "18446744073709551616",
            "-1",
            "0",
            "-0",
            "1e999999999",
            "1E-999999999",
            "0.1",
            "1" + "0".repeat(400),
            "007",
            "NaN",
            "0x10",
            "+1",
            "1.",
            ".5");

    private static final List<String> TEXTS = List.of(
            "\\u0000",
            "\\ud800",
            "\\udc00\\ud800",
            "\\uFFFF",
            "\\x41",
            "a\u0000b",
            "a\nb",
            "\u202e\u200b\ufeff",
            "\ud83d\ude00",
            "' or 1=1 --",
            "%s%n%x",
            "${jndi:ldap://127.0.0.1:9/a}",
            "<script>alert(1)</script>",
            "/echo \\u0000\\ud800",
            "/remind 9999999999999d tea",
            "/remind -1s tea",
            "/wait 99999999h",
            "/" + "a".repeat(300),
            "" + BROKEN);

    private final RandomGenerator random;
    private final double chance;

    /** @param chance of a value that is not what its type asks for */
    HostileValues(RandomGenerator random, double chance) {
        this.random = random;
        this.chance = chance;
    }

    boolean strikes() {
        return random.nextDouble() < chance;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** A value of a type: I, S, B or F. */
    String scalar(char type) {
        if (strikes()) {
            return hostile();
        }
        return switch (type) {
            case 'I' -> Integer.toString(random.nextInt(1, 1_000_000_000));
            case 'F' -> Double.toString(random.nextDouble());
            case 'B' -> Boolean.toString(random.nextBoolean());
            default -> '"' + pick(WORDS) + '"';
        };
    }

    /** Something that does not belong there, and may not be JSON at all. */
    String hostile() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> pick(NUMBERS);
            case 2, 3, 4 -> '"' + text() + '"';
            case 5 -> nested();
            case 6 -> pick(List.of("null", "{}", "[]", "true", "[null]", "", "\"", "{\"a\":1,\"a\":2}"));
            default -> '"' + "y".repeat(1 << random.nextInt(4, 17)) + '"';
        };
    }

    /** What a person with bad intentions puts into a field, a path or a header. */
    String text() {
        return pick(TEXTS);
    }

    private String nested() {
        int depth = 1 << random.nextInt(1, 16);
        return switch (random.nextInt(3)) {
            case 0 -> "[".repeat(depth) + "]".repeat(depth);
            case 1 -> "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
            default -> "[{\"b\":".repeat(depth);
        };
    }

    /** UTF-8, but for the places that are meant to be broken. */
    byte[] bytes(CharSequence text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        String all = text.toString();
        for (int at = all.indexOf(BROKEN); at >= 0; at = all.indexOf(BROKEN, from)) {
            out.writeBytes(all.substring(from, at).getBytes(StandardCharsets.UTF_8));
            for (int one : pick(BROKEN_BYTES)) {
                out.write(one);
            }
            from = at + 1;
        }
        out.writeBytes(all.substring(from).getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
