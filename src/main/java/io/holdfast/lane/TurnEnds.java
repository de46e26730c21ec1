package io.holdfast.lane;

import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.lane.TurnRunner.TurnResult;
import io.holdfast.outbox.Outbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What becomes of a turn in memory when it has ended: its messages go to the sender, its queue goes on, waits, or begins again. */
@ApplicationScoped
class TurnEnds {
    static final Duration DATABASE_PAUSE = Duration.ofMillis(500);

    private static final Logger LOG = System.getLogger(TurnEnds.class.getName());

    @Inject
    private Lanes lanes;

    @Inject
    private Outbox outbox;

    /** Settles all, and takes each out of the list as it is settled. */
    void settle(FairQueues<TurnItem> queues, List<FairQueues.Taken<TurnItem>> left, List<TurnResult> results)
            throws InterruptedException {
        List<FairQueues.Taken<TurnItem>> unavailable = new ArrayList<>();
        send(results);
        for (TurnResult result : results) {
            FairQueues.Taken<TurnItem> taken = left.getFirst();
            switch (result) {
                case TurnResult.Unavailable none -> unavailable.add(taken);
                case TurnResult.Ended ended -> ended(queues, taken);
                default -> settle(queues, taken, result);
            }
            left.removeFirst();
        }
        if (!unavailable.isEmpty()) {
            left.addAll(unavailable);
            // This thread waits too: while the database is away, trying the others is no use.
            Thread.sleep(DATABASE_PAUSE);
            left.clear();
            unavailable.forEach(queues::putBack);
        }
    }

    void settle(FairQueues<TurnItem> queues, FairQueues.Taken<TurnItem> taken, TurnResult result)
            throws InterruptedException {
        switch (result) {
            case TurnResult.Ended ended -> {
                send(List.of(ended));
                ended(queues, taken);
            }
            case TurnResult.Postponed postponed ->
                queues.hold(taken, taken.item().as(postponed.row()), postponed.pause());
            case TurnResult.Unavailable unavailable -> {
                // This thread waits too: while the database is away, trying the others is no use.
                Thread.sleep(DATABASE_PAUSE);
                queues.putBack(taken);
            }
            case TurnResult.Lost lost -> lost(queues, taken);
        }
    }

    /** All at once, so that they are marked together where they can. */
    private void send(List<TurnResult> results) {
        CrashPoint.hit("after-t2-commit");
        lanes.send(results.stream()
                .flatMap(
                        result -> result instanceof TurnResult.Ended ended ? ended.messages().stream() : Stream.empty())
                .toList());
        CrashPoint.hit("after-messages-queued");
    }

    private void ended(FairQueues<TurnItem> queues, FairQueues.Taken<TurnItem> taken) {
        if (taken.item().step() == TurnItem.Step.ACKNOWLEDGE) {
            acknowledged(queues, taken);
        } else {
            queues.done(taken);
        }
    }

    /** Its turn is queued before its acknowledgement is finished, so that the bot's floor never passes it. */
    private void acknowledged(FairQueues<TurnItem> queues, FairQueues.Taken<TurnItem> taken) {
        AcceptedUpdate row = taken.item().row();
        if (lanes.turns().way(row, lanes.profile(row.bot())) == TurnRunner.Way.CONTROL_BUTTON) {
            queues.hold(taken, taken.item().then(TurnItem.Step.TURN), Duration.ZERO);
        } else {
            lanes.turns().queueButton(taken.item());
            queues.done(taken);
        }
    }

    /** Whoever ended or acknowledged the row may have been gone before its messages were handed on: they are read back. */
    private void lost(FairQueues<TurnItem> queues, FairQueues.Taken<TurnItem> taken) throws InterruptedException {
        try {
            lanes.send(outbox.ofTurn(taken.bot(), taken.id()).stream()
                    .filter(message -> !message.due())
                    .toList());
            ended(queues, taken);
        } catch (HoldfastException e) {
            LOG.log(Level.WARNING, "Messages could not be read back and are looked for again: {0}", e.getMessage());
            Thread.sleep(DATABASE_PAUSE);
            queues.putBack(taken);
        }
    }
}
