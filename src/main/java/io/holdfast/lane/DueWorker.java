package io.holdfast.lane;

import io.holdfast.database.EngineDatabase;
import io.holdfast.due.DueKind;
import io.holdfast.due.DueReader;
import io.holdfast.due.DueRows;
import io.holdfast.due.DueWork;
import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.InboxWork;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.Startup;
import io.holdfast.outbox.Outbox;
import io.holdfast.outbox.OutboxMarks;
import io.holdfast.outbox.OutboxState;
import io.holdfast.outbox.QueuedMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Puts due work into the lanes: once a second, and at once when a row was just written. */
@ApplicationScoped
class DueWorker {
    private static final Logger LOG = System.getLogger(DueWorker.class.getName());

    @Inject
    private DueReader due;

    @Inject
    private DueRound round;

    @Inject
    private DueSignal signal;

    @Inject
    private Lanes lanes;

    @Inject
    private Arrivals arrivals;

    @Inject
    private Owners owners;

    @Inject
    private GoneNodes goneNodes;

    @Inject
    private OutboxMarks marks;

    @Inject
    private TakeOver takeOver;

    @Inject
    private InboxWork inbox;

    @Inject
    private Outbox outbox;

    @Inject
    private EngineDatabase database;

    @Inject
    private ReadBack readBack;

    @Inject
    private BotTrouble trouble;

    @Inject
    private Startup startup;

    @Inject
    private Supervisor supervisor;

    private @Nullable Thread worker;

    void start() {
        worker = supervisor.start("due", this::workUntilStopped);
    }

    void stop() {
        if (worker != null) {
            worker.interrupt();
        }
    }

    private void workUntilStopped() {
        while (!startup.stopping()) {
            try {
                signal.await(goneNodes.untilALeaseEnds());
                handOnAllDue();
            } catch (InterruptedException e) {
                return;
            } catch (HoldfastException e) {
                LOG.log(Level.WARNING, "Due work could not be read and is looked for again: {0}", e.getMessage());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "Due work met a failure that it should not have met", e);
            }
        }
    }

    /** Hands on everything that is due now; also the entry for tests. */
    synchronized void handOnAllDue() {
        takeOver.recoverAfterLapse();
        goneNodes.takeTheirBots();
        List<AcceptedUpdate> late = arrivals.late();
        boolean done = false;
        try {
            handOnDue();
            done = true;
        } finally {
            if (done) {
                arrivals.queueLate(late);
            } else {
                arrivals.keepLate(late);
            }
        }
        for (BotId bot : lanes.bots()) {
            if (readBack.wanted(bot)) {
                takeOver.whileNoneIsTaken(() -> readBackOrDrop(bot));
            }
        }
    }

    private void handOnDue() {
        for (List<DueWork> page = round.take(due::take); !page.isEmpty(); page = round.take(due::take)) {
            CrashPoint.hit("after-due-taken");
            handOn(page);
            round.handedOn();
            CrashPoint.hit("after-due-handed-on");
        }
    }

    /** Dropped, it is not tried again every second but when the rescue takes it. */
    private void readBackOrDrop(BotId bot) {
        if (!trouble.orLeave(bot, BotTrouble.Step.READ_BACK, () -> readBack.more(bot))) {
            lanes.drop(bot);
        }
    }

    private void handOn(List<DueWork> page) {
        takeOver.takeOver(
                new ArrayList<>(new TreeSet<>(page.stream().map(DueWork::bot).toList())));
        Map<BotId, List<DueWork>> byBot = new TreeMap<>();
        page.forEach(work ->
                byBot.computeIfAbsent(work.bot(), bot -> new ArrayList<>()).add(work));
        byBot.forEach((bot, work) -> trouble.orLeave(
                bot, BotTrouble.Step.HAND_ON, () -> takeOver.whileNoneIsTaken(() -> handOn(bot, work))));
    }

    private void handOn(BotId bot, List<DueWork> work) {
        if (lanes.holds(bot)) {
            handOnTurns(bot, refs(work, DueKind.INBOX));
            handOnMessages(bot, refs(work, DueKind.OUTBOX));
        } else if (due.giveBack(bot)) {
            // It was handed over after its due rows were read.
            owners.nudge(List.of(bot));
        }
    }

    private void handOnTurns(BotId bot, List<Long> refs) {
        forgetNeedless(bot, refs);
        HeldBot lane = lanes.held(bot);
        List<Long> unknown = refs.stream()
                .filter(id -> !lanes.turns().release(bot, id))
                .filter(id -> lane != null && !lanes.knows(bot, lane, id))
                .toList();
        if (unknown.isEmpty()) {
            return;
        }
        List<AcceptedUpdate> open = inbox.open(bot, unknown);
        for (AcceptedUpdate row : open) {
            arrivals.queueDue(row);
            lanes.turns().release(bot, row.inboxId());
        }
        forgetFinished(
                bot,
                DueKind.INBOX,
                unknown,
                open.stream().map(AcceptedUpdate::inboxId).toList());
    }

    /**
     * A lane that took an update in before its due row was written would not remove that row. A floor never passes what such
     * a lane has, so that the row is found without it.
     */
    private void forgetNeedless(BotId bot, List<Long> refs) {
        List<Long> needless =
                refs.stream().filter(id -> lanes.turns().needsNoDueRow(bot, id)).toList();
        if (!needless.isEmpty()) {
            database.run(connection -> {
                DueRows.removeHandedOn(connection, bot, DueKind.INBOX, needless);
                return true;
            });
        }
    }

    private void handOnMessages(BotId bot, List<Long> refs) {
        List<Long> unknown =
                refs.stream().filter(id -> !lanes.sends().release(bot, id)).toList();
        if (unknown.isEmpty()) {
            return;
        }
        List<QueuedMessage> unfinished = outbox.unfinished(bot, unknown);
        if (unfinished.stream().anyMatch(message -> message.state() == OutboxState.SENDING)) {
            // The call of a former owner, which has ended by now.
            marks.markOver(bot, unknown);
        }
        for (QueuedMessage message : unfinished) {
            if (message.state() != OutboxState.SENDING) {
                lanes.sends().offer(message, false);
            }
        }
        forgetFinished(
                bot,
                DueKind.OUTBOX,
                unknown,
                unfinished.stream().map(QueuedMessage::outboxId).toList());
    }

    /** A due row whose work had ended when it was read has nothing more to say. */
    private void forgetFinished(BotId bot, DueKind kind, List<Long> asked, List<Long> unfinished) {
        List<Long> finished = new ArrayList<>(asked);
        finished.removeAll(unfinished);
        if (!finished.isEmpty()) {
            database.run(connection -> {
                DueRows.remove(connection, bot, kind, finished);
                return true;
            });
        }
    }

    private static List<Long> refs(List<DueWork> work, DueKind kind) {
        return work.stream()
                .filter(one -> one.kind() == kind)
                .map(DueWork::ref)
                .sorted()
                .toList();
    }
}
