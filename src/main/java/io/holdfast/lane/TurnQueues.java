package io.holdfast.lane;

import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.kernel.BotId;
import io.holdfast.lane.TurnItem.Step;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The updates that wait for their turn: those of the chats, and beside them the control lane.
 *
 * <p>The control lane has threads of its own. It takes what must not wait for the chat's running turn: control commands, the
 * acknowledgement of pressed buttons, and refusals. After its acknowledgement a button's turn goes to the head of its chat.
 * Thread-safe.
 */
@ApplicationScoped
class TurnQueues {
    private static final Logger LOG = System.getLogger(TurnQueues.class.getName());

    @Inject
    private LaneConfig config;

    @Inject
    private TurnRunner runner;

    @Inject
    private InstantSource clock;

    private FairQueues<TurnItem> chats = new FairQueues<>(1);
    private FairQueues<TurnItem> controls = new FairQueues<>(1);

    @PostConstruct
    void prepare() {
        chats = new FairQueues<>(Math.max(1, config.turns / 2));
        controls = new FairQueues<>(Math.max(1, config.controls / 2));
    }

    FairQueues<TurnItem> chats() {
        return chats;
    }

    FairQueues<TurnItem> controls() {
        return controls;
    }

    /** How the update goes to its turn; one that nobody can read goes the ordinary way, and fails there. */
    TurnRunner.Way way(AcceptedUpdate row, BotProfile bot) {
        try {
            return runner.way(row, bot);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Update %d of bot %s was not understood".formatted(row.inboxId(), row.bot()), e);
            return TurnRunner.Way.CHAT;
        }
    }

    /** Queues the update; false when its bot has no lane here. */
    boolean queue(AcceptedUpdate row, TurnRunner.Way way) {
        return switch (way) {
            case CHAT -> offer(chats, taken(row, Step.TURN), row.waits(), false);
            case SHARED -> offer(chats, shared(row), row.waits(), false);
            case CONTROL -> offer(controls, taken(row, Step.TURN), row.waits(), false);
            case BUTTON, CONTROL_BUTTON -> offer(controls, taken(row, Step.ACKNOWLEDGE), false, false);
        };
    }

    /** After its acknowledgement: to the head of its chat. */
    void queueButton(TurnItem button) {
        offer(chats, button.then(Step.TURN), button.row().waits(), true);
    }

    /** Has the update refused, beside what runs. */
    boolean refuse(AcceptedUpdate row) {
        return offer(controls, taken(row, Step.REFUSE), false, false);
    }

    private TurnItem taken(AcceptedUpdate row, Step step) {
        return new TurnItem(row, step, false, clock.instant());
    }

    /** What has failed before has its next turn alone. */
    private TurnItem shared(AcceptedUpdate row) {
        return new TurnItem(row, Step.TURN, config.shared > 0 && row.attempts() == 0, clock.instant());
    }

    private static boolean offer(FairQueues<TurnItem> queues, TurnItem item, boolean held, boolean urgent) {
        AcceptedUpdate row = item.row();
        return queues.offer(row.bot(), row.update().queueKey(), row.inboxId(), item, held, urgent);
    }

    /**
     * True where a new turn of this chat would wait behind too many others, the oldest of them for too long.
     *
     * <p>What waits behind another chat's running or failing turn does not count: one chat's load is not the bot's. Nor does the
     * time for which an update had waited before this process took it: after a stop the new ones must not pay for that.
     */
    boolean overloaded(AcceptedUpdate row) {
        if (chats.size(row.bot()) <= config.waiting) {
            return false;
        }
        LaneQueues.@Nullable Waiting<TurnItem> waiting =
                chats.waiting(row.bot(), row.update().queueKey());
        return waiting != null
                && waiting.count() > config.waiting
                && waiting.oldest().since().plus(config.waitingAge).isBefore(clock.instant());
    }

    void open(BotId bot) {
        chats.open(bot);
        controls.open(bot);
    }

    void start(BotId bot) {
        chats.start(bot);
        controls.start(bot);
    }

    /** Lets the bot's running turns end and begins no other until {@link #start}. */
    void rest(BotId bot) {
        chats.on(bot, false, lane -> lane.run(false));
        controls.on(bot, false, lane -> lane.run(false));
    }

    /** Forgets the bot's updates, and answers the lowest id of them. */
    OptionalLong drop(BotId bot) {
        // In this order: a button is queued for its chat before it leaves the control lane.
        OptionalLong control = controls.drop(bot);
        return lower(control, chats.drop(bot));
    }

    private static OptionalLong lower(OptionalLong one, OptionalLong other) {
        return LongStream.concat(one.stream(), other.stream()).min();
    }

    boolean contains(BotId bot, long id) {
        // In this order: a button is queued for its chat before it leaves the control lane.
        return controls.find(bot, id) != null || chats.find(bot, id) != null;
    }

    /** Lets a held update go on, unless it goes on by itself; false when it is not in memory. */
    boolean release(BotId bot, long id) {
        boolean waited = chats.release(bot, id);
        return controls.release(bot, id) || waited;
    }

    /** True where the update is in memory and was taken in without its due row, which it therefore does not need. */
    boolean needsNoDueRow(BotId bot, long id) {
        TurnItem control = controls.find(bot, id);
        TurnItem item = control == null ? chats.find(bot, id) : control;
        return item != null && !item.row().due();
    }

    int size(BotId bot) {
        return chats.size(bot) + controls.size(bot);
    }

    int size() {
        return chats.size() + controls.size();
    }

    /** How many of the bot are in their turn now. */
    int out(BotId bot) {
        return chats.on(bot, 0, LaneQueues::out) + controls.on(bot, 0, LaneQueues::out);
    }

    /** How many are in their turn now. */
    int out() {
        return chats.count(LaneQueues::out) + controls.count(LaneQueues::out);
    }

    OptionalLong lowestOpen(BotId bot) {
        // In this order: a button is queued for its chat before it leaves the control lane.
        OptionalLong control = controls.lowestOpen(bot);
        return lower(control, chats.lowestOpen(bot));
    }

    long highestSeen(BotId bot) {
        return Math.max(chats.highestSeen(bot), controls.highestSeen(bot));
    }

    void close() {
        chats.close();
        controls.close();
    }
}
