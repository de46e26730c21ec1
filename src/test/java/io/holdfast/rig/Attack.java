package io.holdfast.rig;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends hostile inputs from several sides, each on a connection of its own, and counts the answers. */
final class Attack {
    private static final int SIDES = 6;
    private static final int PATIENCE_MILLIS = 45_000;
    /** The server waits for the rest of a body that never comes; the attacker need not. */
    private static final int SHORT_PATIENCE_MILLIS = 1_000;

    private static final int SHOWN = 12;

    private final int port;
    private final HostileInputs inputs;
    private final Map<Integer, Integer> answers = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private int failed;
    private int unanswered;

    Attack(int port, HostileInputs inputs) {
        this.port = port;
        this.inputs = inputs;
    }

    /** Sends the inputs of these numbers, the last excluded, and returns when all have had their answers. */
    void send(int first, int last) throws Exception {
        AtomicInteger next = new AtomicInteger(first);
        List<Future<?>> sides = new ArrayList<>();
        try (ExecutorService attackers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int side = 0; side < SIDES; side++) {
                sides.add(attackers.submit(() -> {
                    for (int number = next.getAndIncrement(); number < last; number = next.getAndIncrement()) {
                        HostileInputs.Input input = inputs.input(number);
                        count(number, input, exchange(input));
                    }
                }));
            }
        }
        for (Future<?> side : sides) {
            side.get();
        }
    }

    private synchronized void count(int number, HostileInputs.Input input, String head) {
        int status = head.startsWith("HTTP/1.1 ") ? Integer.parseInt(head.substring(9, 12)) : 0;
        answers.merge(status, 1, Integer::sum);
        boolean deliberate = status == 503 && head.contains("Retry-After");
        if (status >= 500 && !deliberate) {
            failed++;
            show("#%d %s: %d".formatted(number, input.name(), status));
        }
        if (status == 0 && input.sound()) {
            unanswered++;
            show("#%d %s: no answer".formatted(number, input.name()));
        }
    }

    private void show(String failure) {
        if (failures.size() < SHOWN) {
            failures.add(failure);
        }
    }

    /** The begin of the answer, empty when there was none. */
    private String exchange(HostileInputs.Input input) {
        byte[] head = new byte[1024];
        int length = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(input.sound() ? PATIENCE_MILLIS : SHORT_PATIENCE_MILLIS);
            try {
                socket.getOutputStream().write(input.bytes());
            } catch (IOException e) {
                // Refused before it was all there; the answer may have come nevertheless.
                length = 0;
            }
            InputStream in = socket.getInputStream();
            length = in.readNBytes(head, 0, head.length);
        } catch (IOException e) {
            return new String(head, StandardCharsets.ISO_8859_1).strip();
        }
        return new String(head, 0, length, StandardCharsets.ISO_8859_1);
    }

    void tell(Verdict verdict, int sent) {
        verdict.none("answers of 5xx but a deliberate 503", failed, sent);
        verdict.none("sound requests without an answer", unanswered, sent);
        verdict.figure("answers by status, 0 for none", answers);
        if (!failures.isEmpty()) {
            verdict.figure("the first of them", failures);
        }
    }
}
