package io.holdfast.lane;

import io.holdfast.database.EngineDatabase;
import io.holdfast.due.DueReader;
import io.holdfast.due.OpenWork;
import io.holdfast.event.Event;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import io.holdfast.event.Sweeps;
import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.InboxWork;
import io.holdfast.inbox.OpenUpdates;
import io.holdfast.kernel.BotId;
import io.holdfast.node.Nodes;
import io.holdfast.outbox.OpenMessages;
import io.holdfast.outbox.Outbox;
import io.holdfast.outbox.OutboxState;
import io.holdfast.outbox.QueuedMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * Finds work that nobody would come to: rows of this node's bots that neither memory nor a due row knows, calls that nobody
 * makes, and bots with open rows that live nowhere. Each goes back to where it belongs, with an event that says why.
 *
 * <p>Rows are read in the order of their ids, all of them, whatever their state. The next run goes on where everything before is
 * finished or has a due row; once an hour one begins at the beginning.
 */
@ApplicationScoped
class Rescue {
    private static final Logger LOG = System.getLogger(Rescue.class.getName());
    private static final String REQUEUED = "REQUEUED";
    private static final String UNKNOWN = "it was open, and neither memory nor a due row knew of it";

    @Inject
    private Sweeps sweeps;

    @Inject
    private Lanes lanes;

    @Inject
    private Arrivals arrivals;

    @Inject
    private LeaseStore leases;

    @Inject
    private TakeOver takeOver;

    @Inject
    private Nodes nodes;

    @Inject
    private EngineDatabase database;

    @Inject
    private DueReader due;

    @Inject
    private OpenUpdates updates;

    @Inject
    private InboxWork inbox;

    @Inject
    private OpenMessages messages;

    @Inject
    private Outbox outbox;

    @Inject
    private InstantSource clock;

    private final RescueProgress turnsPassed = new RescueProgress();
    private final RescueProgress sendsPassed = new RescueProgress();
    private volatile int stuck;

    /** Looks through everything once. */
    void run() {
        sweeps.run("rescue", this::rescue);
    }

    /** How many rows of this node's bots were unfinished past their time when the last run looked. */
    int stuck() {
        return stuck;
    }

    private void rescue(Sweeps.Tally tally) {
        takeForsaken(tally);
        int late = pass(turnsPassed, updates::read, this::putTurnsBack, tally)
                + pass(sendsPassed, messages::read, this::putMessagesBack, tally);
        stuck = late + due.overdue();
    }

    private void takeForsaken(Sweeps.Tally tally) {
        BotId after = new BotId(1);
        List<BotId> page = leases.forsaken(after, nodes.self(), lanes.bots());
        while (!page.isEmpty() && lanes.current()) {
            for (BotId bot : page) {
                orLeave(bot, tally, () -> takeOne(bot, tally));
            }
            page = leases.forsaken(page.getLast(), nodes.self(), lanes.bots());
        }
    }

    private void takeOne(BotId bot, Sweeps.Tally tally) {
        if (!lanes.holds(bot)) {
            takeOver.takeOver(List.of(bot));
            if (lanes.holds(bot)) {
                record(List.of(Event.ofBot(
                        EventKind.RESCUED, bot, "TAKEN_OVER", "it had work and lived on no node that is alive")));
                tally.add("taken_over", 1);
            }
        }
    }

    private interface PutBack {
        void put(OpenWork page, HeldBot lane, Sweeps.Tally tally);
    }

    /** Reads all pages of all bots; answers how many rows were past their time. */
    private int pass(RescueProgress progress, RescueProgress.Reader reader, PutBack putBack, Sweeps.Tally tally) {
        int[] late = new int[1];
        progress.run(lanes.heldNow(), clock.instant(), reader, (page, lane) -> {
            late[0] += page.overdue();
            if (!page.unaided().isEmpty()) {
                orLeave(page.bot(), tally, () -> takeOver.whileNoneIsTaken(() -> putBack.put(page, lane, tally)));
            }
        });
        return late[0];
    }

    private void putTurnsBack(OpenWork page, HeldBot lane, Sweeps.Tally tally) {
        BotId bot = page.bot();
        List<Long> missing = missing(page, lane, id -> lanes.knows(bot, lane, id));
        if (missing.isEmpty()) {
            return;
        }
        // What ended since it was read was in memory until then.
        List<AcceptedUpdate> open = inbox.open(bot, missing);
        record(open.stream()
                .map(row -> Event.ofUpdate(EventKind.RESCUED, bot, row.inboxId(), REQUEUED, UNKNOWN, null))
                .toList());
        open.forEach(arrivals::queue);
        tally.add("requeued", open.size());
    }

    private void putMessagesBack(OpenWork page, HeldBot lane, Sweeps.Tally tally) {
        BotId bot = page.bot();
        List<Long> missing =
                missing(page, lane, id -> lanes.sends().on(bot, false, (sends, now) -> sends.contains(id)));
        if (missing.isEmpty()) {
            return;
        }
        List<QueuedMessage> unfinished = outbox.unfinished(bot, missing);
        List<Long> lost = unfinished.stream()
                .filter(message -> message.state() == OutboxState.SENDING)
                .map(QueuedMessage::outboxId)
                .toList();
        if (!lost.isEmpty()) {
            tally.add("uncertain", messages.giveUp(bot, lost));
        }
        List<QueuedMessage> waiting = unfinished.stream()
                .filter(message -> message.state() != OutboxState.SENDING && !message.due())
                .toList();
        record(waiting.stream()
                .map(message -> Event.ofMessage(EventKind.RESCUED, bot, message.outboxId(), REQUEUED, UNKNOWN))
                .toList());
        lanes.send(waiting);
        tally.add("requeued", waiting.size());
    }

    /** None when the lane is another one by now: then nothing can be said of what memory does not know. */
    private List<Long> missing(OpenWork page, HeldBot lane, LongPredicate known) {
        List<Long> missing =
                page.unaided().stream().filter(id -> !known.test(id)).toList();
        return lanes.current() && lanes.held(page.bot()) == lane ? missing : List.of();
    }

    private void record(List<Event> events) {
        database.run(connection -> {
            Events.record(connection, events);
            return true;
        });
    }

    /** One bot's trouble must not keep the others waiting. */
    private static void orLeave(BotId bot, Sweeps.Tally tally, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            tally.add("failed", 1);
            LOG.log(Level.WARNING, "Work of bot " + bot + " could not be rescued and is looked at again", e);
        }
    }
}
