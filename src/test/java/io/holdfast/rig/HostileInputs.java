package io.holdfast.rig;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** What nobody in their right mind sends; the n-th input of a seed is always the same. Safe for several threads. */
final class HostileInputs {
    private static final double CHANCE = 0.12;
    private static final int FIRST_UPDATE = 800_000_000;

    /**
     * One request as bytes.
     *
     * @param name says what it is, in a few words
     * @param sound whether it is HTTP that asks for an answer; only what is not may be cut off without one
     */
    record Input(String name, byte[] bytes, boolean sound) {}

    /** Where updates go, and by what they and the REST calls are let in. */
    record Doors(String webhookPath, String webhookSecret, String bearer) {}

    private final long seed;
    private final UpdateGrammar updates = UpdateGrammar.load();
    private final RestGrammar rest;
    private final Doors doors;

    HostileInputs(long seed, RestGrammar rest, Doors doors) {
        this.seed = seed;
        this.rest = rest;
        this.doors = doors;
    }

    Input input(int number) {
        Random random = new Random(seed * 1_000_003 + number);
        HostileValues values = new HostileValues(random, CHANCE);
        return random.nextInt(3) == 0 ? call(values) : update(values, number);
    }

    private Input update(HostileValues values, int number) {
        byte[] body = values.bytes(updates.update(values, FIRST_UPDATE + number));
        List<String> headers = new ArrayList<>(List.of("Content-Type: application/json"));
        String secret = values.below(50) == 0 ? "wrong" : doors.webhookSecret();
        headers.add("X-Telegram-Bot-Api-Secret-Token: " + secret);
        String name = "update";
        if (values.below(10) == 0) {
            body = damaged(values, body);
            name = "damaged update";
        }
        if (values.below(20) == 0) {
            body = values.below(2) == 0 ? gzip(body) : bomb(values);
            body = values.below(3) == 0 ? Arrays.copyOf(body, body.length / 2) : body;
            headers.add("Content-Encoding: gzip");
            name = "packed update";
        }
        String path = doors.webhookPath() + (values.below(50) == 0 ? "/x" : "");
        return framed(name, values.below(50) == 0 ? "PUT" : "POST", path, headers, body, values);
    }

    private Input call(HostileValues values) {
        RestGrammar.Request request = rest.request(values);
        byte[] body = values.bytes(request.body());
        List<String> headers = new ArrayList<>();
        headers.add("Authorization: " + (values.below(20) == 0 ? "Bearer x" : "Bearer " + doors.bearer()));
        headers.add("Content-Type: " + (values.below(20) == 0 ? "application/json;charset=utf-7" : "application/json"));
        headers.add("X-Request-Id: " + (values.strikes() ? "a".repeat(values.below(6000)) : "hostile"));
        headers.add("Idempotency-Key: " + values.below(1_000_000));
        if (values.below(20) == 0) {
            body = damaged(values, body);
        }
        return framed("call " + request.method(), request.method(), request.path(), headers, body, values);
    }

    private static Input framed(
            String name, String method, String path, List<String> headers, byte[] body, HostileValues values) {
        boolean sound = values.below(25) != 0;
        List<String> all = new ArrayList<>(headers);
        all.add("Host: 127.0.0.1");
        all.add("Connection: close");
        String length = "Content-Length: " + body.length;
        if (sound) {
            all.add(length);
        } else {
            all.addAll(values.pick(List.of(
                    List.of("Content-Length: " + (body.length + 50)),
                    List.of("Content-Length: " + body.length / 2),
                    List.of("Content-Length: -1"),
                    List.of("Content-Length: 99999999999999999999"),
                    List.of(length, "Content-Length: 3"),
                    List.of("Transfer-Encoding: chunked"),
                    List.of(length, "Transfer-Encoding: chunked"),
                    List.of(length, "X: " + "h".repeat(70_000)),
                    List.of(length, "no colon"),
                    List.of(length, "A\u0000B: c"),
                    List.of(length, "Expect: 100-continue"),
                    List.of(length, "Host: other"))));
        }
        String head = method + " " + path + " HTTP/1.1\r\n" + String.join("\r\n", all) + "\r\n\r\n";
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        out.writeBytes(body);
        String shown = path.length() > 80 ? path.substring(0, 80) : path;
        return new Input(sound ? name + " " + shown : "misframed " + name, out.toByteArray(), sound);
    }

    private static byte[] damaged(HostileValues values, byte[] body) {
        byte[] damaged = body.clone();
        for (int blow = 0; blow < 4 && damaged.length > 0; blow++) {
            damaged[values.below(damaged.length)] = (byte) values.below(256);
        }
        return damaged;
    }

    private static byte[] bomb(HostileValues values) {
        byte[] flat = new byte[1 << (14 + values.below(10))];
        Arrays.fill(flat, (byte) ' ');
        return gzip(flat);
    }

    private static byte[] gzip(byte[] flat) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(flat);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
