package io.holdfast.lane;

import io.holdfast.kernel.BotId;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.outbox.OutboxMarks;
import io.holdfast.outbox.QueuedMessage;
import io.holdfast.outbox.WaitingMessages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Closes what waits in vain: messages past their deadline whose turn does not come, replaced previews, pauses that are over. */
@ApplicationScoped
class Upkeep {
    private static final Logger LOG = System.getLogger(Upkeep.class.getName());
    private static final int PAGE = 1000;

    @Inject
    private Lanes lanes;

    @Inject
    private Pauses pauses;

    @Inject
    private WaitingMessages waiting;

    /** Does it, or leaves it to the next round when the database is away. */
    void closeOrLeave() {
        try {
            close();
        } catch (HoldfastException e) {
            LOG.log(Level.WARNING, "What waits in vain is closed in the next round: {0}", e.getMessage());
        }
    }

    void close() {
        if (!lanes.current()) {
            return;
        }
        pauses.removeOver();
        for (List<QueuedMessage> page : lanes.sends().each((lane, now) -> lane.replaced(PAGE))) {
            if (!page.isEmpty()) {
                waiting.cancel(page);
                page.forEach(message -> closed(message.bot(), message.outboxId()));
            }
        }
        for (List<QueuedMessage> page : lanes.sends().each((lane, now) -> lane.toLookAt(PAGE, now))) {
            if (!page.isEmpty()) {
                lookAt(page);
            }
        }
    }

    private void lookAt(List<QueuedMessage> page) {
        Map<OutboxMarks.Key, Duration> left = waiting.expire(page);
        for (QueuedMessage message : page) {
            Duration still = left.get(new OutboxMarks.Key(message.bot(), message.outboxId()));
            if (still == null) {
                closed(message.bot(), message.outboxId());
            } else {
                lanes.sends()
                        .on(
                                message.bot(),
                                false,
                                (lane, now) -> lane.lookAgain(message.outboxId(), now + still.toNanos(), now));
            }
        }
    }

    private void closed(BotId bot, long outboxId) {
        lanes.sends().on(bot, false, (lane, now) -> lane.closed(outboxId, now));
    }
}
