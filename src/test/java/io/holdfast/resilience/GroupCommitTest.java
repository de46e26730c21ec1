package io.holdfast.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
    private static final GroupCommit.Limits WIDE =
            new GroupCommit.Limits(1000, 100_000, Duration.ofMinutes(1), Duration.ZERO);

    private final Queue<List<Integer>> flushed = new ConcurrentLinkedQueue<>();

    private GroupCommit<Integer, Integer> commits(
            GroupCommit.Limits limits, GroupCommit.Flush<Integer, Integer> flush) {
        return new GroupCommit<>("test", Thread::new, limits, flush, e -> e instanceof IllegalArgumentException);
    }

    private static GroupCommit.Limits patient(int batch) {
        return new GroupCommit.Limits(batch, 100_000, Duration.ofDays(1), Duration.ofHours(1));
    }

    /** Says when it has begun, and ends when it is let go on. */
    private GroupCommit.Flush<Integer, Integer> held(CountDownLatch inFlight, CountDownLatch goOn) {
        return batch -> {
            inFlight.countDown();
            await(goOn);
            return note(batch);
        };
    }

    private List<Integer> note(List<Integer> batch) {
        flushed.add(batch);
        return batch.stream().map(item -> item * 10).toList();
    }

    @Test
    void each_item_gets_its_own_answer() {
        try (GroupCommit<Integer, Integer> commits = commits(WIDE, this::note)) {
            List<CompletableFuture<Integer>> answers =
                    IntStream.range(0, 500).mapToObj(commits::submit).toList();
            for (int i = 0; i < 500; i++) {
                assertThat(answers.get(i).join()).isEqualTo(i * 10);
            }
        }
    }

    @Test
    void what_waits_while_a_flush_is_in_flight_goes_into_the_next_one() throws Exception {
        CountDownLatch inFlight = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        GroupCommit.Flush<Integer, Integer> flush = held(inFlight, goOn);
        try (GroupCommit<Integer, Integer> commits = commits(WIDE, flush)) {
            CompletableFuture<Integer> first = commits.submit(1);
            inFlight.await();
            CompletableFuture<Integer> second = commits.submit(2);
            CompletableFuture<Integer> third = commits.submit(3);
            goOn.countDown();
            CompletableFuture.allOf(first, second, third).join();
        }
        assertThat(flushed).containsExactly(List.of(1), List.of(2, 3));
    }

    @Test
    void after_a_flush_of_several_the_next_one_waits_for_company() throws Exception {
        CountDownLatch inFlight = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        GroupCommit.Flush<Integer, Integer> flush = held(inFlight, goOn);
        try (GroupCommit<Integer, Integer> commits = commits(patient(4), flush)) {
            CompletableFuture<Integer> alone = commits.submit(1);
            inFlight.await();
            List<CompletableFuture<Integer>> together =
                    IntStream.range(2, 6).mapToObj(commits::submit).toList();
            goOn.countDown();
            alone.join();
            together.forEach(CompletableFuture::join);
            // Nothing but a fourth one ends the hour for which these wait.
            IntStream.range(6, 10).mapToObj(commits::submit).toList().forEach(CompletableFuture::join);
        }
        assertThat(flushed).containsExactly(List.of(1), List.of(2, 3, 4, 5), List.of(6, 7, 8, 9));
    }

    @Test
    void a_lone_item_waits_for_nobody() {
        try (GroupCommit<Integer, Integer> commits = commits(patient(1000), this::note)) {
            assertThat(commits.submit(1).join() + commits.submit(2).join()).isEqualTo(30);
        }
    }

    @Test
    void closing_ends_the_waiting_for_company() {
        GroupCommit<Integer, Integer> commits = commits(patient(4), this::note);
        List<CompletableFuture<Integer>> answers =
                IntStream.range(0, 21).mapToObj(commits::submit).toList();
        commits.close();
        assertThat(answers).allMatch(CompletableFuture::isDone);
    }

    @Test
    void a_bad_row_fails_alone() {
        CountDownLatch all = new CountDownLatch(1);
        GroupCommit.Flush<Integer, Integer> flush = batch -> {
            await(all);
            if (batch.contains(7)) {
                throw new IllegalArgumentException("seven");
            }
            return note(batch);
        };
        try (GroupCommit<Integer, Integer> commits = commits(WIDE, flush)) {
            List<CompletableFuture<Integer>> answers =
                    IntStream.range(0, 20).mapToObj(commits::submit).toList();
            all.countDown();
            for (int i = 0; i < 20; i++) {
                CompletableFuture<Integer> answer = answers.get(i);
                if (i == 7) {
                    assertThatThrownBy(answer::join).hasCauseInstanceOf(IllegalArgumentException.class);
                } else {
                    assertThat(answer.join()).isEqualTo(i * 10);
                }
            }
        }
        assertThat(flushed.stream().flatMap(List::stream)).doesNotContain(7).hasSize(19);
    }

    @Test
    void any_other_failure_fails_the_whole_flush_and_not_the_next() {
        List<Integer> calls = new ArrayList<>();
        GroupCommit.Flush<Integer, Integer> flush = batch -> {
            calls.addAll(batch);
            if (calls.size() == 1) {
                throw new IllegalStateException("away");
            }
            return note(batch);
        };
        try (GroupCommit<Integer, Integer> commits = commits(WIDE, flush)) {
            assertThatThrownBy(() -> commits.submit(1).join()).hasCauseInstanceOf(IllegalStateException.class);
            assertThat(commits.submit(2).join()).isEqualTo(20);
        }
    }

    @Test
    void more_than_may_wait_is_refused_and_not_flushed() throws Exception {
        CountDownLatch inFlight = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        GroupCommit.Flush<Integer, Integer> flush = held(inFlight, goOn);
        try (GroupCommit<Integer, Integer> commits =
                commits(new GroupCommit.Limits(10, 2, Duration.ofMinutes(1), Duration.ZERO), flush)) {
            CompletableFuture<Integer> first = commits.submit(1);
            inFlight.await();
            CompletableFuture<Integer> second = commits.submit(2);
            CompletableFuture<Integer> last = commits.submit(3);
            CompletableFuture<Integer> refused = commits.submit(4);
            goOn.countDown();
            assertThat(first.join() + second.join() + last.join()).isEqualTo(60);
            assertThatThrownBy(refused::join)
                    .isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(GroupCommit.OverloadedException.class);
        }
        assertThat(flushed.stream().flatMap(List::stream)).doesNotContain(4);
    }

    @Test
    void closing_flushes_what_waits() {
        GroupCommit<Integer, Integer> commits = commits(WIDE, this::note);
        List<CompletableFuture<Integer>> answers =
                IntStream.range(0, 100).mapToObj(commits::submit).toList();
        commits.close();
        assertThat(answers).allMatch(CompletableFuture::isDone);
        assertThat(flushed.stream().flatMap(List::stream)).hasSize(100);
    }

    @Test
    void many_threads_lose_nothing_and_order_within_a_thread_is_kept() throws Exception {
        try (GroupCommit<Integer, Integer> commits = commits(WIDE, this::note);
                ExecutorService clients = Executors.newFixedThreadPool(16)) {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int client = 0; client < 16; client++) {
                int base = client * 1000;
                running.add(CompletableFuture.runAsync(
                        () -> IntStream.range(0, 1000)
                                .forEach(i -> commits.submit(base + i).join()),
                        clients));
            }
            CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
        }
        List<Integer> all = flushed.stream().flatMap(List::stream).toList();
        assertThat(all).hasSize(16_000).doesNotHaveDuplicates();
        for (int client = 0; client < 16; client++) {
            int base = client * 1000;
            assertThat(all.stream().filter(i -> i / 1000 * 1000 == base)).isSorted();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
