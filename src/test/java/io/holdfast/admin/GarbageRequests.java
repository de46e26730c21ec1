package io.holdfast.admin;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Requests that make no sense, or nearly make some; the same seed always gives the same requests. */
final class GarbageRequests {
    private static final List<String> METHODS =
            List.of("GET", "POST", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "get", "NONSENSE");
    private static final List<String> PATHS = List.of(
            "bootstrap",
            "tenants",
            "bots",
            "bots/1",
            "bots/1/settings",
            "messages",
            "nodes",
            "tenants/x",
            "",
            "openapi");
    private static final List<String> PIECES = List.of(
            "%00",
            "%ff",
            "%",
            "%zz",
            "..",
            "../",
            "//",
            ";a=b",
            "{x}",
            "%0d%0a",
            "'",
            "\\",
            "%2f",
            "😀",
            "9".repeat(30),
            "-1",
            "&",
            "=",
            "[]",
            "%u0041",
            "a".repeat(3000),
            "<script>",
            "%c0%af");
    private static final List<String> NAMES = List.of("cursor", "limit", "botId", "botId", "x", "%ff");
    private static final List<String> BODIES = List.of(
            "{}",
            "[]",
            "null",
            "{\"name\":",
            "{\"name\":null}",
            "{\"name\":[1]}",
            "{\"name\":{\"a\":1}}",
            "{\"name\":1e999}",
            "{\"token\":true,\"tenantId\":\"x\",\"access\":7,\"name\":\"\",\"takeover\":\"yes\"}",
            "\u0000",
            "{\"a\":\"\\u0000\"}",
            "{\"name\":\"\\ud800\"}",
            "[".repeat(5000),
            "{\"throttle\":{}}",
            "{\"batching\":\"-1s\"}",
            "<?xml version=\"1.0\"?><a/>",
            "{\"name\":\"" + "x".repeat(100_000) + "\"}");
    private static final List<String> TYPES = List.of(
            "application/json",
            "application/json",
            "application/json;charset=utf-7",
            "text/plain",
            "application/xml",
            "a",
            "multipart/form-data",
            "application/json; charset=\"x",
            "*/*");

    private final RandomGenerator random;

    GarbageRequests(long seed) {
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    /** One request: its method, its path with what follows it, its body and the headers that come with it. */
    record Request(String method, String path, byte[] body, String[] headers) {
        @Override
        public String toString() {
            String start = path.substring(0, Math.min(200, path.length()));
            return method + " " + start + " with " + body.length + " bytes and " + List.of(headers);
        }
    }

    Request next() {
        return new Request(pick(METHODS), path(), body(), new String[] {
            "Content-Type", pick(TYPES), "Accept", random.nextInt(4) == 0 ? pick(TYPES) : "*/*", "X-Request-Id", piece()
        });
    }

    private String path() {
        StringBuilder path = new StringBuilder("/api/v1/").append(pick(PATHS));
        if (random.nextInt(3) == 0) {
            path.append('/').append(piece());
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            path.append(path.indexOf("?") < 0 ? '?' : '&')
                    .append(pick(NAMES))
                    .append('=')
                    .append(piece());
        }
        return path.toString().replace(' ', '+');
    }

    private byte[] body() {
        byte[] body = pick(BODIES).getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(4) == 0) {
            body[random.nextInt(body.length)] = (byte) random.nextInt(256);
        }
        return body;
    }

    private String piece() {
        return pick(PIECES) + (random.nextBoolean() ? "" : pick(PIECES));
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
