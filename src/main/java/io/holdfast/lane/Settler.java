package io.holdfast.lane;

import io.holdfast.kernel.CrashPoint;
import io.holdfast.outbox.OutboxMarks;
import io.holdfast.outbox.Settlement;
import io.holdfast.resilience.GroupCommit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** T4: commits how calls ended, those that end together in one commit; the pauses that they brought first. */
@ApplicationScoped
class Settler {
    private static final Duration DATABASE_PAUSE = Duration.ofMillis(500);
    /** Each call holds its place meanwhile, of which there are few. */
    private static final Duration GATHER = Duration.ofMillis(3);

    @Inject
    private OutboxMarks marks;

    @Inject
    private Pauses pauses;

    private record Ended(OutboxMarks.Ended call, Optional<Pause> pause) {}

    private @Nullable GroupCommit<Ended, Settlement> commits;
    private volatile boolean stopping;

    void start(ThreadFactory threads) {
        commits = new GroupCommit<>(
                "settle",
                threads,
                new GroupCommit.Limits(256, 4096, Duration.ofMinutes(1), GATHER),
                this::flush,
                e -> false);
    }

    /**
     * Submits until the database has it: what is known here about a call is known nowhere else.
     *
     * @return what was committed, or null when the server stopped first
     */
    @Nullable
    Settlement settle(OutboxMarks.Ended call, Optional<Pause> pause) {
        GroupCommit<Ended, Settlement> group = commits;
        while (group != null) {
            try {
                return group.submit(new Ended(call, pause)).join();
            } catch (CompletionException e) {
                if (stopping) {
                    return null;
                }
                pause();
            }
        }
        return null;
    }

    /** From now on what cannot be committed at once is left to the next start. */
    void stopping() {
        stopping = true;
    }

    void close() {
        if (commits != null) {
            commits.close();
        }
    }

    private List<Settlement> flush(List<Ended> batch) {
        CrashPoint.hit("before-t4");
        pauses.store(batch.stream().flatMap(ended -> ended.pause().stream()).toList());
        List<Settlement> settled = marks.settle(batch.stream().map(Ended::call).toList());
        CrashPoint.hit("after-t4-commit");
        return settled;
    }

    private static void pause() {
        try {
            Thread.sleep(DATABASE_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
