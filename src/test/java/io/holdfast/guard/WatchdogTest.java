package io.holdfast.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.kernel.BotId;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WatchdogTest {
    private static final Watchdog.Place HERE = new Watchdog.Place(new BotId(4711), 42);
    private static final Duration LONG = Duration.ofHours(1);

    private final Watchdog watchdog = new Watchdog();

    @BeforeEach
    void giveThreads() {
        watchdog.threads = new PlainThreads();
    }

    @Test
    void what_takes_too_long_is_interrupted() throws Exception {
        FutureTask<Watchdog.End> command = started(() -> {
            Watchdog.Watch watch = watch(Duration.ofMillis(20));
            awaitInterrupt();
            return watch.end();
        });
        assertThat(command.get()).isEqualTo(Watchdog.End.TOO_LATE);
    }

    @Test
    void what_ignores_its_stop_is_interrupted_again_when_its_time_is_up() throws Exception {
        FutureTask<Watchdog.End> command = started(() -> {
            Watchdog.Watch watch = watch(Duration.ofSeconds(1));
            assertThat(watchdog.stop(HERE)).containsExactly("dig");
            awaitInterrupt();
            awaitInterrupt();
            return watch.end();
        });
        assertThat(command.get()).as("it is not tried again").isEqualTo(Watchdog.End.STOPPED);
    }

    @Test
    void what_ignores_its_stop_can_be_stopped_again() throws Exception {
        FutureTask<Watchdog.End> command = started(() -> {
            Watchdog.Watch watch = watch(LONG);
            assertThat(watchdog.stop(new Watchdog.Place(new BotId(4711), 43))).isEmpty();
            for (int i = 0; i < 2; i++) {
                assertThat(watchdog.stop(HERE)).containsExactly("dig");
                awaitInterrupt();
            }
            return watch.end();
        });
        assertThat(command.get()).isEqualTo(Watchdog.End.STOPPED);
        assertThat(watchdog.stop(HERE)).isEmpty();
    }

    @Test
    void no_interrupt_is_left_behind() throws Exception {
        FutureTask<Boolean> command = started(() -> {
            Watchdog.Watch watch = watch(LONG);
            watchdog.stop(HERE);
            watch.end();
            return Thread.currentThread().isInterrupted();
        });
        assertThat(command.get()).isFalse();
    }

    private Watchdog.Watch watch(Duration limit) {
        return watchdog.watch(Thread.currentThread(), "dig", HERE, limit);
    }

    private static void awaitInterrupt() {
        try {
            assertThat(new CountDownLatch(1).await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            // As a handler that ignores it.
        }
    }

    private static <T> FutureTask<T> started(Callable<T> command) {
        FutureTask<T> task = new FutureTask<>(command);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    private static final class PlainThreads implements ManagedThreadFactory {
        @Override
        public Thread newThread(Runnable work) {
            return new Thread(work);
        }

        @Override
        public ForkJoinWorkerThread newThread(ForkJoinPool pool) {
            throw new UnsupportedOperationException();
        }
    }
}
