package io.holdfast.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.kernel.BotId;
import io.holdfast.lane.SendQueues.Taken;
import io.holdfast.outbox.MessageClass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SendRaceTest {
    private static final int MESSAGES = 50_000;
    private static final int BOTS = 5;
    private static final int PER_BOT = 8;

    private final SendQueues queues =
            new SendQueues(new SendLimits(PER_BOT, 30, 24, 0), System::nanoTime, message -> null);
    private final Map<BotId, AtomicInteger> out = new HashMap<>();
    private final Map<String, ConcurrentLinkedQueue<Long>> done = new ConcurrentHashMap<>();
    private final Set<String> violations = ConcurrentHashMap.newKeySet();

    @Test
    void sixteen_threads_send_each_message_once_in_order_and_never_more_than_eight_of_a_bot_at_once() throws Exception {
        for (int b = 1; b <= BOTS; b++) {
            BotId bot = new BotId(b);
            queues.open(bot);
            queues.on(bot, false, (lane, now) -> lane.ownPace(false, now));
            queues.start(bot);
            out.put(bot, new AtomicInteger());
        }
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            workers.add(Thread.ofPlatform().start(this::work));
        }
        for (long id = 1; id <= MESSAGES; id++) {
            queues.offer(SendQueuesTest.message(new BotId(1 + id % BOTS), id % 70, MessageClass.REPLY, id), false);
        }
        while (queues.size() > 0) {
            Thread.onSpinWait();
        }
        queues.close();
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(violations).isEmpty();
        assertThat(done.values().stream().mapToInt(ConcurrentLinkedQueue::size).sum())
                .isEqualTo(MESSAGES);
        assertThat(done.values()).allSatisfy(ids -> assertThat(List.copyOf(ids)).isSorted());
    }

    private void work() {
        try {
            for (Taken taken = queues.take(); taken != null; taken = queues.take()) {
                AtomicInteger running = Objects.requireNonNull(out.get(taken.bot()));
                if (running.incrementAndGet() > PER_BOT) {
                    violations.add("more than its share: " + taken.bot());
                }
                boolean late = taken.id() % 97 == 0 && taken.message().attempts() == 0;
                if (!late) {
                    done.computeIfAbsent(
                                    taken.bot() + ":" + taken.message().chatId(), key -> new ConcurrentLinkedQueue<>())
                            .add(taken.id());
                }
                running.decrementAndGet();
                if (late) {
                    queues.hold(taken, taken.message().sending(), Duration.ofNanos(taken.id()));
                } else {
                    queues.done(taken);
                }
            }
        } catch (InterruptedException e) {
            violations.add("interrupted");
        }
    }
}
