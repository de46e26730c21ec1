package io.holdfast.inbox;

import io.holdfast.database.EngineDatabase;
import io.holdfast.deadletter.DeadLetters;
import io.holdfast.deadletter.ParkedWork;
import io.holdfast.due.DueKind;
import io.holdfast.due.DueRows;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.resilience.GroupCommit;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Stores every update once, before anybody acknowledges it (T1).
 *
 * <p>All requests that wait share one multi-row insert and one commit. After the commit the rows are handed on in memory to the
 * lanes of this node; rows of bots that live elsewhere get a due row before they are acknowledged. The same update may be
 * accepted any number of times; it is stored once. A crash after the commit leaves a PENDING row, which the bot's next
 * owner reads back.
 */
@ApplicationScoped
public class Inbox {
    private static final Logger LOG = System.getLogger(Inbox.class.getName());
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(12);

    @Inject
    private InboxConfig config;

    @Inject
    private InboxStore store;

    @Inject
    private InboxMetrics metrics;

    @Inject
    private EngineDatabase database;

    @Inject
    private Instance<AcceptedUpdates> accepted;

    @Resource
    private ManagedThreadFactory threads;

    private GroupCommit<NewUpdate, AcceptOutcome> commits;

    @PostConstruct
    void open() {
        commits = new GroupCommit<>(
                "accept",
                threads,
                new GroupCommit.Limits(config.flushRows, config.waiting, config.waitingAge, config.gather),
                this::flush,
                e -> e instanceof HoldfastException failure && failure.category() == ErrorCategory.INVALID);
    }

    @PreDestroy
    void close() {
        commits.close();
    }

    /** Stores the update; blocks until it is committed or until nobody can say. */
    public AcceptOutcome accept(NewUpdate update) {
        try {
            AcceptOutcome outcome = commits.submit(update).get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            CrashPoint.hit("before-200");
            return outcome;
        } catch (ExecutionException e) {
            return refused(update, e.getCause());
        } catch (TimeoutException e) {
            return new AcceptOutcome.Unavailable(RETRY_AFTER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new AcceptOutcome.Unavailable(RETRY_AFTER);
        }
    }

    /** Keeps what cannot be stored as an update, as a dead letter of the platform; the answer is as for an update. */
    public AcceptOutcome park(BotId bot, String reason, String headers, byte[] firstBytes, long size) {
        ParkedWork work = new ParkedWork(
                bot,
                ParkedWork.Queue.INGRESS,
                null,
                ParkedWork.Priority.P1,
                ParkedWork.Owner.PLATFORM,
                reason,
                headers,
                firstBytes,
                size);
        try {
            database.run(connection -> {
                DeadLetters.park(connection, work);
                return true;
            });
            return new AcceptOutcome.Stored(false);
        } catch (HoldfastException e) {
            return new AcceptOutcome.Unavailable(RETRY_AFTER);
        }
    }

    /** How many updates wait for the next commit. */
    public int waiting() {
        return commits.waiting();
    }

    private AcceptOutcome refused(NewUpdate update, @Nullable Throwable cause) {
        if (cause instanceof HoldfastException failure && failure.category() == ErrorCategory.INVALID) {
            LOG.log(
                    Level.WARNING,
                    "Update {0} of bot {1} cannot be a row and is parked: {2}",
                    update.update().externalId(),
                    update.update().bot(),
                    failure.getMessage());
            return park(update.update().bot(), "unstorable", "", update.payload(), update.payload().length);
        }
        return new AcceptOutcome.Unavailable(RETRY_AFTER);
    }

    private List<AcceptOutcome> flush(List<NewUpdate> batch) {
        CrashPoint.hit("before-t1");
        List<InboxStore.Insertion> insertions = database.run(connection -> store.insert(connection, batch));
        CrashPoint.hit("after-t1-commit");
        List<AcceptedUpdate> open = new ArrayList<>(batch.size());
        List<AcceptedUpdate> late = new ArrayList<>();
        List<AcceptOutcome> outcomes = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            InboxStore.Insertion insertion = insertions.get(i);
            if (insertion.open()) {
                (insertion.late() ? late : open).add(insertion.row(batch.get(i).update()));
            }
            if (!insertion.duplicate()) {
                metrics.stored(batch.get(i).update());
            }
            outcomes.add(new AcceptOutcome.Stored(insertion.duplicate()));
        }
        handOn(open, late);
        CrashPoint.hit("after-hand-on");
        return outcomes;
    }

    /** What another node has accepted must not be overtaken by what came in after it. */
    private void handOn(List<AcceptedUpdate> open, List<AcceptedUpdate> late) {
        // What has a due row is somebody's already; a new one would end the pause before its retry.
        List<AcceptedUpdate> elsewhere = Stream.concat(
                        accepted.get().handOn(open).stream(),
                        late.isEmpty() ? Stream.empty() : accepted.get().handOnLate(late).stream())
                .filter(row -> !row.due())
                .toList();
        if (elsewhere.isEmpty()) {
            return;
        }
        Map<BotId, List<Long>> byBot = new TreeMap<>();
        elsewhere.forEach(row ->
                byBot.computeIfAbsent(row.bot(), bot -> new ArrayList<>()).add(row.inboxId()));
        database.inTransaction(connection -> {
            for (Map.Entry<BotId, List<Long>> entry : byBot.entrySet()) {
                DueRows.put(connection, entry.getKey(), DueKind.INBOX, entry.getValue(), Duration.ZERO);
            }
            return true;
        });
        accepted.get().lookForDueWork(byBot.keySet());
    }
}
