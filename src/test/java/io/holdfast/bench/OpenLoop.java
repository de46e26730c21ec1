package io.holdfast.bench;

import io.holdfast.simulator.ApiCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Says messages at fixed moments, whatever the server does, and measures each answer from the moment at which its message was
 * to be said: a driver or a server that falls behind makes the times longer, not fewer.
 */
final class OpenLoop {
    private static final long LATE = 1_000_000;

    private final Talks talks;
    private final List<Talk> order;
    private final int[] turn;
    private final int[] answeredBefore;
    private final long period;
    private final long[] saidAt;
    private final long[] answeredAt;
    private final Thread driver = new Thread(this::drive, "open-loop");
    private final long begun;

    private OpenLoop(Talks talks, double perSecond, Duration length, RandomGenerator random) {
        this.talks = talks;
        this.order = new ArrayList<>(talks.all());
        Collections.shuffle(order, Random.from(random));
        this.turn = new int[order.size()];
        this.answeredBefore = new int[order.size()];
        for (int i = 0; i < order.size(); i++) {
            turn[order.get(i).place()] = i;
            answeredBefore[order.get(i).place()] = order.get(i).answered();
        }
        this.period = (long) (1e9 / perSecond);
        int count = (int) (length.toNanos() / period);
        this.saidAt = new long[count];
        this.answeredAt = new long[count];
        this.begun = System.nanoTime() + period;
    }

    /** Begins; nothing may be under way. */
    static OpenLoop begin(Talks talks, double perSecond, Duration length, RandomGenerator random) {
        OpenLoop loop = new OpenLoop(talks, perSecond, length, random);
        talks.hearer(loop::heard);
        loop.driver.start();
        return loop;
    }

    private void drive() {
        for (int i = 0; i < saidAt.length; i++) {
            Bench.passUntil(intended(i));
            saidAt[i] = System.nanoTime();
            talks.say(order.get(i % order.size()));
        }
    }

    private long intended(int i) {
        return begun + i * period;
    }

    private void heard(Talk talk, int number, ApiCall call) {
        long i = turn[talk.place()] + (long) order.size() * (number - 1 - answeredBefore[talk.place()]);
        if (i < answeredAt.length) {
            answeredAt[(int) i] = call.atNanos();
        }
    }

    /** Waits for the last message and its answer. */
    void finish(Duration patience) throws InterruptedException {
        driver.join();
        talks.settle(patience);
    }

    /** The times of the messages that were to be said between the two moments; one without an answer fails. */
    Latencies latencies(long from, long to) {
        int first = (int) Math.max(0, (from - begun + period - 1) / period);
        int end = (int) Math.min(saidAt.length, (to - begun) / period);
        long[] found = new long[end - first];
        long late = 0;
        for (int i = first; i < end; i++) {
            if (answeredAt[i] == 0) {
                throw new AssertionError("a message has no answer");
            }
            found[i - first] = answeredAt[i] - intended(i);
            late += saidAt[i] - intended(i) > LATE ? 1 : 0;
        }
        return new Latencies(found, late);
    }
}
