package io.holdfast.lane;

import io.holdfast.database.EngineDatabase;
import io.holdfast.due.DueRows;
import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.node.Nodes;
import io.holdfast.outbox.Outbox;
import io.holdfast.outbox.OutboxMarks;
import io.holdfast.outbox.QueuedMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fills the lane of a bot that was just leased with all that is unfinished of it in the rows. */
@ApplicationScoped
class LaneFilling {
    private static final Logger LOG = System.getLogger(LaneFilling.class.getName());

    @Inject
    private EngineDatabase database;

    @Inject
    private Lanes lanes;

    @Inject
    private Pauses pauses;

    @Inject
    private OutboxMarks marks;

    @Inject
    private Outbox outbox;

    @Inject
    private ReadBack readBack;

    @Inject
    private Nodes nodes;

    /** Answers the first open update of each queue whose time had come: nothing else can have been in its turn. */
    List<AcceptedUpdate> fill(LeaseStore.Lease lease, HeldBot lane) {
        BotId bot = lease.bot();
        database.run(connection -> {
            DueRows.handAgain(connection, bot);
            return true;
        });
        pauses.readBack(bot);
        int lost = marks.markLost(bot, lease.outboxFloor(), formerProcess(lease));
        CrashPoint.hit("after-mark-lost");
        List<QueuedMessage> messages = outbox.recoverable(bot, lease.outboxFloor());
        messages.forEach(message -> lanes.sends().offer(message, message.due()));
        List<AcceptedUpdate> open = readBack.fill(bot, lane);
        CrashPoint.hit("after-load");
        if (lease.formerHolder() != null) {
            LOG.log(
                    Level.INFO,
                    "Bot {0} was recovered: {1} open updates, {2} unsent messages, {3} uncertain.",
                    bot,
                    open.size(),
                    messages.size(),
                    lost);
        }
        return perhapsRunning(lease, open);
    }

    /** Of calls that this node's former process began it is certain that they have ended. */
    private @Nullable String formerProcess(LeaseStore.Lease lease) {
        return nodes.self().equals(lease.formerHolder()) ? nodes.self() : null;
    }

    private List<AcceptedUpdate> perhapsRunning(LeaseStore.Lease lease, List<AcceptedUpdate> open) {
        Set<String> seen = new HashSet<>();
        return open.stream()
                .filter(row -> seen.add(queue(row, lease.profile())) && !row.waits())
                .toList();
    }

    /** Buttons and control commands have threads of their own. */
    private String queue(AcceptedUpdate row, BotProfile bot) {
        TurnRunner.Way way = lanes.turns().way(row, bot);
        return (way.behindChat() ? TurnRunner.Way.CHAT : way) + row.update().queueKey();
    }
}
