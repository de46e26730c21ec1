package io.holdfast.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.kernel.BotId;
import io.holdfast.lane.SendQueues.Taken;
import io.holdfast.outbox.MessageClass;
import io.holdfast.outbox.QueuedMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random offers, answers, retries and pauses against a naive account of what each of them allows. */
class SendStormTest {
    private static final int STEPS = 20_000;
    private static final List<BotId> BOTS = List.of(new BotId(1), new BotId(2), new BotId(3));
    private static final List<Long> CHATS = List.of(1L, 2L, 3L, 4L, -5L, -6L);

    private static final List<MessageClass> CLASSES = List.of(MessageClass.values());

    private long nanos;
    private long lastId;
    private final SendQueues queues = new SendQueues(new SendLimits(8, 30, 24, 0), () -> nanos, message -> null);
    private final List<Taken> out = new ArrayList<>();
    private final Set<Long> open = new HashSet<>();
    private final Map<String, Long> pausedUntil = new HashMap<>();
    private final Map<Long, Long> heldUntil = new HashMap<>();
    private final Map<String, Long> lastDone = new HashMap<>();
    private final Map<String, List<Long>> sentAt = new HashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20260329})
    void order_limits_and_pauses_hold_whatever_happens_and_nothing_is_left(long seed) {
        Random random = new Random(seed);
        BOTS.forEach(queues::open);
        BOTS.forEach(queues::start);
        for (int step = 0; step < STEPS; step++) {
            nanos += random.nextInt(200_000_000);
            switch (random.nextInt(4)) {
                case 0 -> offer(random);
                case 1 -> answer(random);
                default -> send();
            }
        }
        for (int quiet = 0; queues.size() > 0 && quiet < 1_000_000; quiet++) {
            nanos += 100_000_000;
            send();
            answerAll();
        }
        assertThat(open).as("never sent, seed " + seed).isEmpty();
        assertThat(queues.size()).isZero();
        sentAt.forEach(this::checkRate);
    }

    private void offer(Random random) {
        BotId bot = BOTS.get(random.nextInt(BOTS.size()));
        long chat = CHATS.get(random.nextInt(CHATS.size()));
        MessageClass messageClass = CLASSES.get(random.nextInt(CLASSES.size()));
        long id = ++lastId;
        open.add(id);
        queues.offer(SendQueuesTest.message(bot, chat, messageClass, id), false);
    }

    private void send() {
        for (Taken taken = queues.poll(); taken != null; taken = queues.poll()) {
            check(taken);
            out.add(taken);
        }
    }

    private void check(Taken taken) {
        QueuedMessage message = taken.message();
        assertThat(pausedUntil.getOrDefault(bot(message), Long.MIN_VALUE)).isLessThanOrEqualTo(nanos);
        assertThat(pausedUntil.getOrDefault(chat(message), Long.MIN_VALUE)).isLessThanOrEqualTo(nanos);
        assertThat(heldUntil.getOrDefault(taken.id(), Long.MIN_VALUE)).isLessThanOrEqualTo(nanos);
        assertThat(lastDone.getOrDefault(queue(taken), 0L))
                .as("order in " + queue(taken))
                .isLessThan(taken.id());
        assertThat(out).noneMatch(other -> queue(other).equals(queue(taken)));
        if (message.messageClass() != MessageClass.BULK) {
            assertThat(out.stream().filter(other -> talksFor(other, taken.bot())))
                    .hasSizeLessThan(8);
        }
        if (message.messageClass() != MessageClass.CONTROL) {
            sentAt.computeIfAbsent(chat(message), key -> new ArrayList<>()).add(nanos);
        }
    }

    private static boolean talksFor(Taken taken, BotId bot) {
        return taken.bot().equals(bot) && taken.message().messageClass() != MessageClass.BULK;
    }

    private static String queue(Taken taken) {
        return chat(taken.message()) + taken.message().messageClass();
    }

    private void answer(Random random) {
        if (out.isEmpty()) {
            return;
        }
        Taken taken = out.remove(random.nextInt(out.size()));
        switch (random.nextInt(20)) {
            case 0 -> throttle(taken, Duration.ofSeconds(1 + random.nextInt(40)));
            case 1 -> hold(taken, Duration.ofMillis(1 + random.nextInt(9_000)));
            default -> done(taken);
        }
    }

    private void answerAll() {
        out.forEach(this::done);
        out.clear();
    }

    private void done(Taken taken) {
        lastDone.put(queue(taken), taken.id());
        open.remove(taken.id());
        queues.done(taken);
    }

    private void throttle(Taken taken, Duration length) {
        Pause pause = queues.throttled(taken, length).orElseThrow();
        String paused = pause.ofWholeBot() ? bot(taken.message()) : chat(taken.message());
        pausedUntil.merge(paused, nanos + length.toNanos(), Math::max);
        hold(taken, length);
    }

    private void hold(Taken taken, Duration length) {
        heldUntil.put(taken.id(), nanos + length.toNanos());
        queues.hold(taken, taken.message(), length);
    }

    /** A private chat: three at once and one a second; a group: twenty in a minute. */
    private void checkRate(String chat, List<Long> times) {
        boolean group = chat.contains("-");
        int most = group ? 20 : 4;
        long span = Duration.ofSeconds(group ? 60 : 1).toNanos();
        for (int i = most; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - most)).as(chat + " at " + i).isGreaterThanOrEqualTo(span);
        }
    }

    private static String bot(QueuedMessage message) {
        return "b" + message.bot();
    }

    private static String chat(QueuedMessage message) {
        return "b" + message.bot() + "c" + message.chatId();
    }
}
