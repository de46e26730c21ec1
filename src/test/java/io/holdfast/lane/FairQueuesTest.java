package io.holdfast.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.kernel.BotId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FairQueuesTest {
    private static final BotId BUSY = new BotId(1);
    private static final BotId QUIET = new BotId(2);

    private final FairQueues<String> queues = open(new FairQueues<>(2), BUSY, QUIET);

    private static FairQueues<String> open(FairQueues<String> queues, BotId... bots) {
        for (BotId bot : bots) {
            queues.open(bot);
            queues.start(bot);
        }
        return queues;
    }

    private void offer(BotId bot, String key, long id) {
        assertThat(queues.offer(bot, key, id, key + id, false)).isEqualTo(FairQueues.Offer.QUEUED);
    }

    private FairQueues.Taken<String> next() {
        return Objects.requireNonNull(queues.poll());
    }

    @Test
    void a_queue_gives_one_item_at_a_time_in_order() {
        offer(BUSY, "chat", 1);
        offer(BUSY, "chat", 2);
        FairQueues.Taken<String> first = next();
        assertThat(first.id()).isEqualTo(1);
        assertThat(queues.poll()).isNull();
        queues.done(first);
        assertThat(next().id()).isEqualTo(2);
    }

    @Test
    void queues_of_a_bot_run_beside_each_other_up_to_its_share() {
        offer(BUSY, "a", 1);
        offer(BUSY, "b", 2);
        offer(BUSY, "c", 3);
        assertThat(List.of(next().id(), next().id())).containsExactly(1L, 2L);
        assertThat(queues.poll()).isNull();
    }

    @Test
    void a_quiet_bot_comes_next_however_much_a_busy_one_has() {
        for (int i = 0; i < 100; i++) {
            offer(BUSY, "chat" + i, i);
        }
        offer(QUIET, "chat", 1000);
        next();
        assertThat(next().bot()).isEqualTo(QUIET);
    }

    @Test
    void a_held_queue_waits_while_others_go_on_and_gives_its_head_first_when_released() {
        offer(BUSY, "a", 1);
        offer(BUSY, "a", 2);
        offer(BUSY, "b", 3);
        queues.hold(next(), "again");
        FairQueues.Taken<String> other = next();
        assertThat(other.id()).isEqualTo(3);
        queues.done(other);
        assertThat(queues.poll()).isNull();
        assertThat(queues.release(BUSY, 1)).isTrue();
        assertThat(next())
                .extracting(FairQueues.Taken::id, FairQueues.Taken::item)
                .containsExactly(1L, "again");
    }

    @Test
    void an_item_that_was_put_back_comes_again_before_its_followers() {
        offer(BUSY, "a", 1);
        offer(BUSY, "a", 2);
        queues.putBack(next());
        assertThat(next().id()).isEqualTo(1);
    }

    @Test
    void the_same_id_is_queued_once() {
        offer(BUSY, "a", 1);
        offer(BUSY, "a", 1);
        queues.done(next());
        assertThat(queues.poll()).isNull();
        assertThat(queues.size()).isZero();
    }

    @Test
    void an_older_row_that_was_read_back_goes_before_younger_ones_but_not_before_the_one_that_is_out() {
        offer(BUSY, "a", 5);
        FairQueues.Taken<String> out = next();
        offer(BUSY, "a", 7);
        offer(BUSY, "a", 3);
        queues.done(out);
        FairQueues.Taken<String> second = next();
        assertThat(second.id()).isEqualTo(3);
        queues.done(second);
        assertThat(next().id()).isEqualTo(7);
    }

    @Test
    void a_lane_that_has_not_started_collects_and_gives_nothing() {
        BotId bot = new BotId(3);
        queues.open(bot);
        offer(bot, "a", 2);
        offer(bot, "a", 1);
        assertThat(queues.poll()).isNull();
        queues.start(bot);
        assertThat(next().id()).isEqualTo(1);
    }

    @Test
    void a_bot_without_a_lane_is_said_so_and_a_dropped_one_forgets_everything() {
        assertThat(queues.offer(new BotId(9), "a", 1, "x", false)).isEqualTo(FairQueues.Offer.NO_LANE);
        offer(BUSY, "a", 1);
        FairQueues.Taken<String> out = next();
        offer(BUSY, "b", 2);
        queues.drop(BUSY);
        assertThat(queues.poll()).isNull();
        queues.done(out);
        assertThat(queues.release(BUSY, 2)).isFalse();
        assertThat(queues.size()).isZero();
    }

    @Test
    void the_lowest_open_id_is_known_until_it_is_done() {
        offer(BUSY, "a", 4);
        offer(BUSY, "b", 9);
        assertThat(queues.lowestOpen(BUSY)).hasValue(4);
        queues.done(next());
        assertThat(queues.lowestOpen(BUSY)).hasValue(9);
        queues.done(next());
        assertThat(queues.lowestOpen(BUSY)).isEqualTo(OptionalLong.empty());
        assertThat(queues.highestSeen(BUSY)).isEqualTo(9);
    }

    @Test
    void sixteen_threads_keep_order_per_queue_and_shares_per_bot() throws Exception {
        FairQueues<Long> many = new FairQueues<>(4);
        Map<BotId, AtomicInteger> out = new HashMap<>();
        for (int b = 1; b <= 5; b++) {
            many.open(new BotId(b));
            many.start(new BotId(b));
            out.put(new BotId(b), new AtomicInteger());
        }
        Map<String, ConcurrentLinkedQueue<Long>> done = new ConcurrentHashMap<>();
        Set<String> violations = ConcurrentHashMap.newKeySet();
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            workers.add(Thread.ofPlatform().start(() -> work(many, out, done, violations)));
        }
        for (long id = 1; id <= 50_000; id++) {
            BotId bot = new BotId(1 + id % 5);
            many.offer(bot, "chat" + id % 70, id, id, false);
        }
        while (many.size() > 0) {
            Thread.onSpinWait();
        }
        many.close();
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(violations).isEmpty();
        assertThat(done.values().stream().mapToInt(ConcurrentLinkedQueue::size).sum())
                .isEqualTo(50_000);
        assertThat(done.values()).allSatisfy(ids -> assertThat(List.copyOf(ids)).isSorted());
    }

    private static void work(
            FairQueues<Long> queues,
            Map<BotId, AtomicInteger> out,
            Map<String, ConcurrentLinkedQueue<Long>> done,
            Set<String> violations) {
        try {
            for (FairQueues.Taken<Long> taken = queues.take(); taken != null; taken = queues.take()) {
                AtomicInteger running = Objects.requireNonNull(out.get(taken.bot()));
                if (running.incrementAndGet() > 4) {
                    violations.add("more than its share: " + taken.bot());
                }
                done.computeIfAbsent(taken.bot() + taken.key(), key -> new ConcurrentLinkedQueue<>())
                        .add(taken.id());
                running.decrementAndGet();
                queues.done(taken);
            }
        } catch (InterruptedException e) {
            violations.add("interrupted");
        }
    }
}
