package io.holdfast.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.kernel.BotId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
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
        assertThat(queues.offer(bot, key, id, key + id, false, false)).isTrue();
    }

    /** Waits for one; null once closed. */
    private static <T> FairQueues.@Nullable Taken<T> take(FairQueues<T> from) throws InterruptedException {
        List<FairQueues.Taken<T>> taken = from.takeTogether(item -> false, 1);
        return taken.isEmpty() ? null : taken.getFirst();
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
    void what_can_be_done_together_comes_out_together_bots_in_turn_and_counts_as_one() throws InterruptedException {
        for (int i = 1; i <= 5; i++) {
            offer(BUSY, "shared" + i, i);
        }
        offer(BUSY, "own", 6);
        offer(QUIET, "shared", 7);
        List<FairQueues.Taken<String>> together = queues.takeTogether(item -> item.startsWith("shared"), 4);
        assertThat(together).extracting(FairQueues.Taken::id).containsExactly(1L, 7L, 2L, 3L);
        assertThat(queues.count(LaneQueues::out)).isEqualTo(4);
        together.forEach(queues::done);
        assertThat(queues.takeTogether(item -> item.startsWith("shared"), 4))
                .extracting(FairQueues.Taken::id)
                .containsExactly(4L, 5L);
        assertThat(queues.takeTogether(item -> item.startsWith("shared"), 4))
                .extracting(FairQueues.Taken::id)
                .containsExactly(6L);
        assertThat(queues.size()).isEqualTo(3);
    }

    @Test
    void two_who_wait_both_get_something_when_a_bot_has_two_queues() throws InterruptedException {
        CountDownLatch got = new CountDownLatch(2);
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            waiting.add(Thread.ofPlatform().start(() -> {
                try {
                    take(queues);
                    got.countDown();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        await().until(() -> waiting.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        offer(BUSY, "a", 1);
        offer(BUSY, "b", 2);
        assertThat(got.await(30, TimeUnit.SECONDS)).isTrue();
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
        queues.offer(BUSY, "a", 1, "again", true, false);
        offer(BUSY, "a", 2);
        offer(BUSY, "b", 3);
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
    void what_is_offered_together_is_taken_together_by_whoever_waits() throws Exception {
        ConcurrentLinkedQueue<Integer> sizes = new ConcurrentLinkedQueue<>();
        Thread taker = Thread.startVirtualThread(() -> {
            try {
                for (List<FairQueues.Taken<String>> taken = queues.takeTogether(item -> true, 64);
                        !taken.isEmpty();
                        taken = queues.takeTogether(item -> true, 64)) {
                    sizes.add(taken.size());
                    taken.forEach(queues::done);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        for (int round = 0; round < 500; round++) {
            long first = round * 10L;
            queues.together(() -> {
                for (long id = first; id < first + 10; id++) {
                    offer(id % 2 == 0 ? BUSY : QUIET, "chat" + id, id);
                }
            });
            int rounds = round + 1;
            await().pollInterval(Duration.ofNanos(10_000)).until(() -> sizes.size() == rounds && queues.size() == 0);
        }
        queues.close();
        taker.join();
        assertThat(sizes).hasSize(500).containsOnly(10);
    }

    @Test
    void the_size_counts_what_waits_and_what_is_out_and_nothing_that_is_done_or_dropped() {
        offer(BUSY, "chat", 1);
        offer(BUSY, "chat", 1);
        offer(BUSY, "chat", 2);
        offer(QUIET, "chat", 3);
        assertThat(queues.size()).isEqualTo(3);
        FairQueues.Taken<String> first = next();
        assertThat(queues.size()).isEqualTo(3);
        queues.done(first);
        queues.done(first);
        assertThat(queues.size()).isEqualTo(2);
        queues.drop(BUSY);
        assertThat(queues.size()).isEqualTo(1);
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
        assertThat(queues.offer(new BotId(9), "a", 1, "x", false, false)).isFalse();
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
            many.offer(bot, "chat" + id % 70, id, id, false, false);
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
            for (FairQueues.Taken<Long> taken = take(queues); taken != null; taken = take(queues)) {
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

    @Test
    void a_hold_with_an_end_of_its_own_ends_then_and_nobody_ends_it_before() {
        AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
        FairQueues<String> timed = open(new FairQueues<>(2, now::get), BUSY);
        timed.offer(BUSY, "a", 1, "first", false, false);
        timed.offer(BUSY, "a", 2, "second", false, false);
        timed.hold(Objects.requireNonNull(timed.poll()), "again", Duration.ofNanos(10));
        assertThat(timed.release(BUSY, 1)).isTrue();
        now.addAndGet(9);
        assertThat(timed.poll()).isNull();
        now.addAndGet(1);
        assertThat(Objects.requireNonNull(timed.poll()).item()).isEqualTo("again");
        assertThat(timed.poll()).isNull();
    }

    @Test
    void the_end_of_a_first_hold_does_not_end_a_second_one() {
        AtomicLong now = new AtomicLong();
        FairQueues<String> timed = open(new FairQueues<>(2, now::get), BUSY);
        timed.offer(BUSY, "a", 1, "one", false, false);
        timed.hold(Objects.requireNonNull(timed.poll()), "two", Duration.ofNanos(10));
        now.set(10);
        timed.hold(Objects.requireNonNull(timed.poll()), "three", Duration.ofNanos(100));
        now.set(109);
        assertThat(timed.poll()).isNull();
        now.set(110);
        assertThat(Objects.requireNonNull(timed.poll()).item()).isEqualTo("three");
    }

    @Test
    void whoever_waits_is_woken_when_a_hold_ends() throws Exception {
        queues.close();
        FairQueues<String> timed = open(new FairQueues<>(2), BUSY);
        timed.offer(BUSY, "a", 1, "one", false, false);
        timed.hold(Objects.requireNonNull(timed.poll()), "again", Duration.ofMillis(20));
        assertThat(Objects.requireNonNull(take(timed)).item()).isEqualTo("again");
    }

    @Test
    void urgent_items_come_before_those_that_wait_behind_the_running_one_and_in_their_own_order() {
        offer(BUSY, "a", 1);
        FairQueues.Taken<String> running = next();
        offer(BUSY, "a", 2);
        queues.offer(BUSY, "a", 4, "press4", false, true);
        queues.offer(BUSY, "a", 3, "press3", false, true);
        offer(BUSY, "a", 5);
        assertThat(queues.poll()).isNull();
        List<Long> order = new ArrayList<>();
        for (FairQueues.Taken<String> taken = running; taken != null; taken = queues.poll()) {
            order.add(taken.id());
            queues.done(taken);
        }
        assertThat(order).containsExactly(1L, 3L, 4L, 2L, 5L);
    }

    @Test
    void what_is_taken_before_the_start_is_the_head_alone_and_the_rest_follows_after_the_start() {
        BotId fresh = new BotId(7);
        queues.open(fresh);
        offer(fresh, "a", 1);
        offer(fresh, "a", 2);
        assertThat(queues.takeBeforeStart(fresh, 2)).isNull();
        FairQueues.Taken<String> suspect = Objects.requireNonNull(queues.takeBeforeStart(fresh, 1));
        assertThat(queues.takeBeforeStart(fresh, 1)).isNull();
        queues.start(fresh);
        assertThat(queues.poll()).isNull();
        queues.done(suspect);
        assertThat(next().id()).isEqualTo(2);
        assertThat(queues.lowestOpen(fresh)).isEqualTo(OptionalLong.of(2));
        assertThat(queues.takeBeforeStart(fresh, 2)).isNull();
    }

    @Test
    void a_new_item_waits_behind_its_own_queue_and_what_is_ready_but_not_behind_another_chats_running_one() {
        for (int id = 1; id <= 5; id++) {
            offer(BUSY, "hog", id);
        }
        next();
        assertThat(queues.waiting(BUSY, "other")).isNull();
        assertThat(queues.waiting(BUSY, "hog")).isEqualTo(new LaneQueues.Waiting<>(4, "hog2"));
        offer(BUSY, "third", 6);
        assertThat(queues.waiting(BUSY, "other")).isEqualTo(new LaneQueues.Waiting<>(1, "third6"));
        assertThat(queues.waiting(BUSY, "hog")).isEqualTo(new LaneQueues.Waiting<>(5, "hog2"));
    }

    /** Four threads hold and finish at random while holds end: no item is out twice, none is lost, no queue is out of order. */
    @Test
    void holds_that_end_under_many_threads_lose_nothing_and_repeat_nothing() throws Exception {
        int items = 2000;
        FairQueues<Long> many = new FairQueues<>(4);
        many.open(BUSY);
        many.start(BUSY);
        ConcurrentLinkedQueue<Long> finished = new ConcurrentLinkedQueue<>();
        Set<String> out = ConcurrentHashMap.newKeySet();
        AtomicInteger twice = new AtomicInteger();
        List<Thread> workers = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            workers.add(Thread.ofPlatform().start(() -> holdOnceThenFinish(many, finished, out, twice, items)));
        }
        for (long id = 1; id <= items; id++) {
            many.offer(BUSY, "chat" + id % 20, id, 0L, false, id % 7 == 0);
        }
        for (Thread worker : workers) {
            worker.join();
        }
        assertThat(twice).hasValue(0);
        assertThat(finished).hasSize(items).doesNotHaveDuplicates();
    }

    private static void holdOnceThenFinish(
            FairQueues<Long> many,
            ConcurrentLinkedQueue<Long> finished,
            Set<String> out,
            AtomicInteger twice,
            int items) {
        try {
            for (FairQueues.Taken<Long> taken = take(many); taken != null; taken = take(many)) {
                if (!out.add(taken.key())) {
                    twice.incrementAndGet();
                }
                boolean again = taken.item() == 0 && taken.id() % 3 == 0;
                out.remove(taken.key());
                if (again) {
                    many.hold(taken, 1L, Duration.ofNanos(taken.id() % 11 * 1000));
                } else {
                    finished.add(taken.id());
                    many.done(taken);
                }
                if (finished.size() >= items) {
                    many.close();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
