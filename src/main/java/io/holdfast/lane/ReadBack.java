package io.holdfast.lane;

import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.InboxWork;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Brings open updates from the database into their bot's lane, in the order of their ids, as many as memory has room for.
 *
 * <p>Only while no other bot is taken over or let go: one thread reads a lane's {@link Backlog} at a time. Acceptance goes on.
 */
@ApplicationScoped
class ReadBack {

    @Inject
    private Lanes lanes;

    @Inject
    private Arrivals arrivals;

    @Inject
    private InboxWork inbox;

    @Inject
    private LaneConfig config;

    /** Fills a lane that was just made, and answers what is in it now, oldest first. */
    List<AcceptedUpdate> fill(BotId bot, HeldBot lane) {
        return read(bot, lane, config.memory);
    }

    /** True when something waits in the database and half of the memory is free. */
    boolean wanted(BotId bot) {
        HeldBot lane = lanes.held(bot);
        return lane != null
                && lane.backlog.from() != Backlog.NOTHING
                && lanes.turns().size(bot) <= config.memory / 2;
    }

    /** Reads the next ones. */
    void more(BotId bot) {
        HeldBot lane = lanes.held(bot);
        if (lane != null) {
            read(bot, lane, Math.max(1, config.memory / 2));
        }
    }

    private List<AcceptedUpdate> read(BotId bot, HeldBot lane, int limit) {
        long from = lane.backlog.beginReading();
        List<AcceptedUpdate> rows = inbox.unfinished(bot, from - 1, lane.inboxFloor, limit);
        rows.forEach(arrivals::queue);
        lane.backlog.endReading(
                rows.size() < limit ? Backlog.NOTHING : rows.getLast().inboxId() + 1);
        return rows;
    }
}
