package io.holdfast.dispatch;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.guard.RunningCommands;
import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.Completion;
import io.holdfast.inbox.InboxState;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.Mishap;
import io.holdfast.lane.BotProfile;
import io.holdfast.lane.TurnRunner;
import io.holdfast.outbox.QueuedMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * Does one turn: decides what the update asks, runs it in one transaction, and writes down a failure in another.
 *
 * <p>Applied once: the transaction begins by closing the inbox row, which only one turn can do.
 */
@ApplicationScoped
class Turn implements TurnRunner {
    private static final Logger LOG = System.getLogger(Turn.class.getName());
    private static final Duration UNANSWERED_PAUSE = Duration.ofMillis(500);

    @Inject
    private TurnTransaction transaction;

    @Inject
    private SharedTurns shared;

    @Inject
    private SharedCommands sharing;

    @Inject
    private CommandRunner commands;

    @Inject
    private ChatChanges chats;

    @Inject
    private Completion completion;

    @Inject
    private TurnMetrics metrics;

    @Inject
    private RunningCommands running;

    @Inject
    private RefusalNotices notices;

    @Inject
    private InstantSource clock;

    @Override
    public TurnResult run(AcceptedUpdate row, Completion.Owner owner, BotProfile bot) {
        return run(TurnCall.now(row, owner, bot));
    }

    @Override
    public List<TurnResult> runTogether(List<Shared> turns) {
        return shared.run(turns.stream()
                .map(turn -> TurnCall.now(turn.row(), turn.owner(), turn.bot()))
                .toList());
    }

    TurnResult run(TurnCall turn) {
        try {
            TurnResult result = decide(turn);
            Mishap.ANSWER.perhaps();
            metrics.ended(turn.row(), result, turn.took());
            return result;
        } catch (RuntimeException | Error e) {
            // An Error too: a handler's StackOverflowError must not end the worker, and the update counts it as its
            // failure.
            return failed(turn, e);
        }
    }

    @Override
    public Way way(AcceptedUpdate row, BotProfile bot) {
        Request request = Request.of(row.update(), bot.username());
        boolean control = isControl(request);
        if (row.update().callbackId() != null) {
            return control ? Way.CONTROL_BUTTON : Way.BUTTON;
        }
        if (control) {
            return Way.CONTROL;
        }
        return sharing.includes(row.update(), request) ? Way.SHARED : Way.CHAT;
    }

    private boolean isControl(Request request) {
        return switch (request) {
            case Request.Command command -> commands.isControl(command);
            case Request.Stop stop -> true;
            case Request.FreeText text -> false;
            case Request.None none -> false;
        };
    }

    @Override
    public boolean isSlow(AcceptedUpdate row, BotProfile bot) {
        return Request.of(row.update(), bot.username()) instanceof Request.Command command && commands.isSlow(command);
    }

    @Override
    public TurnResult acknowledge(AcceptedUpdate row, Completion.Owner owner, BotProfile bot) {
        if (expired(row)) {
            return new TurnResult.Ended(List.of());
        }
        try {
            TurnResult result = transaction.acknowledge(TurnCall.now(row, owner, bot));
            Mishap.ANSWER.perhaps();
            return result;
        } catch (RuntimeException | Error e) {
            LOG.log(Level.WARNING, "A button of bot %s waits for its acknowledgement".formatted(row.bot()), e);
            return new TurnResult.Unavailable();
        }
    }

    @Override
    public TurnResult refuse(AcceptedUpdate row, Completion.Owner owner, BotProfile bot) {
        TurnCall turn = TurnCall.now(row, owner, bot);
        try {
            return switch (Request.of(row.update(), bot.username())) {
                case Request.None none -> closed(turn, InboxState.IGNORED, none.reason());
                case Request.Stop stop -> transaction.refuse(turn, false);
                case Request.FreeText text -> refuseAloud(turn);
                case Request.Command command -> refuseAloud(turn);
            };
        } catch (RuntimeException | Error e) {
            return failed(turn, e);
        }
    }

    private TurnResult refuseAloud(TurnCall turn) {
        metrics.refused();
        return transaction.refuse(turn, notices.wanted(turn.row().update()));
    }

    @Override
    public List<QueuedMessage> apologise(AcceptedUpdate row) {
        return transaction.tell(row, TurnTexts.apology(incident()));
    }

    @Override
    public List<QueuedMessage> announceAgain(AcceptedUpdate row) {
        return Request.of(row.update(), "") instanceof Request.Command command
                ? transaction.tell(row, TurnTexts.again(command.name()))
                : List.of();
    }

    boolean expired(AcceptedUpdate row) {
        return row.update().expiresAt().isBefore(clock.instant());
    }

    private static String incident() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private TurnResult decide(TurnCall turn) {
        if (expired(turn.row())) {
            return closed(turn, InboxState.EXPIRED, "its deadline had passed");
        }
        InboundUpdate.ChatChange change = turn.row().update().change();
        if (change != null) {
            return chats.apply(turn, change);
        }
        return switch (Request.of(turn.row().update(), turn.bot().username())) {
            case Request.None none -> closed(turn, InboxState.IGNORED, none.reason());
            case Request.FreeText text -> transaction.run(turn, TurnTexts::noCommand);
            case Request.Stop stop -> stopped(turn);
            case Request.Command command -> run(turn, command);
        };
    }

    private TurnResult run(TurnCall turn, Request.Command command) {
        if (commands.isControl(command)) {
            return transaction.runBeside(turn, context -> commands.execute(command, context));
        }
        return commands.isSlow(command)
                ? commands.runSlow(turn, command)
                : transaction.run(turn, context -> commands.execute(command, context));
    }

    /** What is stopped says so itself. */
    private TurnResult stopped(TurnCall turn) {
        InboundUpdate update = turn.row().update();
        int ended = update.chat() == null
                ? 0
                : running.stop(update.bot(), update.chat().id()).size();
        return closed(turn, InboxState.DONE, "%d commands were running".formatted(ended));
    }

    private TurnResult closed(TurnCall turn, InboxState state, String reason) {
        return completion.closeWithoutTurn(turn.row(), turn.owner(), state, reason)
                ? new TurnResult.Ended(List.of())
                : new TurnResult.Lost();
    }

    TurnResult failed(TurnCall turn, Throwable failure) {
        AcceptedUpdate row = turn.row();
        ErrorCategory category = TurnFailure.category(failure);
        if (category == ErrorCategory.UNAVAILABLE) {
            LOG.log(
                    Level.WARNING,
                    "The turn of update {0} of bot {1} waits for the database: {2}",
                    row.inboxId(),
                    row.bot(),
                    failure.getMessage());
            return new TurnResult.Unavailable();
        }
        String incident = incident();
        LOG.log(
                Level.WARNING,
                "Incident %s: turn %d of update %d of bot %s failed"
                        .formatted(incident, row.attempts() + 1, row.inboxId(), row.bot()),
                failure);
        metrics.failed();
        return postponed(turn, new Completion.Failure(category, TurnFailure.described(failure), incident, turn.took()));
    }

    private TurnResult postponed(TurnCall turn, Completion.Failure failure) {
        try {
            CrashPoint.hit("before-failure-written");
            TurnResult result = transaction.postpone(turn, failure);
            CrashPoint.hit("after-failure-written");
            Mishap.ANSWER.perhaps();
            return result;
        } catch (RuntimeException e) {
            // Of a commit that failed the container says so in words of its own.
            LOG.log(
                    Level.WARNING,
                    "Incident {0} could not be written down and is tried again: {1}",
                    failure.incident(),
                    e.getMessage());
            return new TurnResult.Postponed(turn.row().perhapsDue(), UNANSWERED_PAUSE);
        }
    }
}
