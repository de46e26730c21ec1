package io.holdfast.lane;

import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.AcceptedUpdates;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Where open updates come into the lanes: just committed, due, or read back. Thread-safe. */
@ApplicationScoped
public class Arrivals implements AcceptedUpdates {

    @Inject
    private LaneConfig config;

    @Inject
    private Lanes lanes;

    @Inject
    private TurnQueues turns;

    @Inject
    private DueSignal dueSignal;

    @Inject
    private DueRound round;

    @Inject
    private Owners owners;

    /** Bots with updates that are late. */
    private final Set<BotId> withLate = ConcurrentHashMap.newKeySet();

    @Override
    public List<AcceptedUpdate> handOn(List<AcceptedUpdate> accepted) {
        List<AcceptedUpdate> elsewhere = new ArrayList<>();
        List<AcceptedUpdate> heldUp = new ArrayList<>();
        // What was committed together has its turns together, where it can.
        turns.chats().together(() -> {
            for (AcceptedUpdate row : accepted) {
                if (heldUp(row.bot())) {
                    heldUp.add(row);
                } else if (!lanes.current() || !offer(row)) {
                    elsewhere.add(row);
                }
            }
        });
        lanes.shedWhileBusy();
        if (!heldUp.isEmpty()) {
            elsewhere.addAll(handOnLate(heldUp));
        }
        return elsewhere;
    }

    /** True while older ones are on their way, or wait for that: who comes after one that is late is late. */
    private boolean heldUp(BotId bot) {
        @Nullable HeldBot lane = lanes.held(bot);
        return round.holdsUp(bot) || (lane != null && !lane.late.isEmpty());
    }

    @Override
    public List<AcceptedUpdate> handOnLate(List<AcceptedUpdate> accepted) {
        List<AcceptedUpdate> elsewhere = new ArrayList<>();
        for (AcceptedUpdate row : accepted) {
            HeldBot lane = lanes.held(row.bot());
            if (lane == null || !lanes.current()) {
                elsewhere.add(row);
            } else {
                lane.late.put(row.inboxId(), row);
                withLate.add(row.bot());
                if (lanes.held(row.bot()) != lane) {
                    // Dropped in between: whoever did that may not have seen it.
                    elsewhere.add(row);
                }
            }
        }
        if (elsewhere.size() < accepted.size()) {
            dueSignal.wake();
        }
        return elsewhere;
    }

    /** What is late now: after all that is due now has been handed on, it may be. */
    List<AcceptedUpdate> late() {
        List<AcceptedUpdate> late = new ArrayList<>();
        for (BotId bot : Set.copyOf(withLate)) {
            withLate.remove(bot);
            HeldBot lane = lanes.held(bot);
            if (lane != null) {
                late.addAll(lane.late.values());
            }
        }
        return late;
    }

    /** Queues what was late behind what was due. What belongs to a lane that was dropped meanwhile is its next owner's. */
    void queueLate(List<AcceptedUpdate> late) {
        for (AcceptedUpdate row : late) {
            HeldBot lane = lanes.held(row.bot());
            if (lane != null && lane.late.containsKey(row.inboxId())) {
                offer(row);
                lane.late.remove(row.inboxId());
            }
        }
        lanes.shedWhileBusy();
    }

    /** It could not be found out what is due before these: they are late still. */
    void keepLate(List<AcceptedUpdate> late) {
        late.forEach(row -> withLate.add(row.bot()));
    }

    @Override
    public void lookForDueWork(Collection<BotId> bots) {
        dueSignal.wake();
        owners.nudge(bots);
    }

    /** Queues an open update; false when the bot does not live here. */
    boolean offer(AcceptedUpdate row) {
        @Nullable HeldBot lane = lanes.held(row.bot());
        if (lane == null) {
            return false;
        }
        if (turns.contains(row.bot(), row.inboxId())) {
            return true;
        }
        TurnRunner.Way way = turns.way(row, lane.profile);
        if (!way.behindChat()) {
            return turns.queue(row, way);
        }
        if (turns.overloaded(row)) {
            return turns.refuse(row);
        }
        return lane.backlog.leaves(row.inboxId(), full(row.bot())) || turns.queue(row, way);
    }

    private boolean full(BotId bot) {
        return turns.size(bot) >= config.memory;
    }

    /** Queues an update that is due, unless older ones of its bot wait in the database, or memory is full: then so does it. */
    void queueDue(AcceptedUpdate row) {
        @Nullable HeldBot lane = lanes.held(row.bot());
        if (lane == null) {
            return;
        }
        TurnRunner.Way way = turns.way(row, lane.profile);
        if (!way.behindChat() || !lane.backlog.leavesDue(row.inboxId(), full(row.bot()))) {
            turns.queue(row, way);
        }
    }

    /** Queues an update whatever the memory cap says, and never refuses it: for rows that were just read back. */
    boolean queue(AcceptedUpdate row) {
        boolean queued = turns.queue(row, turns.way(row, lanes.profile(row.bot())));
        lanes.shedWhileBusy();
        return queued;
    }
}
