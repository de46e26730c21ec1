package io.holdfast.dispatch;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.Completion;
import io.holdfast.inbox.InboxState;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.lane.BotProfile;
import io.holdfast.lane.TurnRunner;
import io.holdfast.outbox.QueuedMessage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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

    @Inject
    private TurnTransaction transaction;

    @Inject
    private CommandRunner commands;

    @Inject
    private ChatChanges chats;

    @Inject
    private Completion completion;

    @Inject
    private TurnMetrics metrics;

    @Inject
    private InstantSource clock;

    @Override
    public TurnResult run(AcceptedUpdate row, Completion.Owner owner, BotProfile bot) {
        long begun = System.nanoTime();
        try {
            TurnResult result = decide(new TurnCall(row, owner, bot));
            metrics.ended(row, result, begun);
            return result;
        } catch (RuntimeException | Error e) {
            // An Error too: a handler's StackOverflowError must not end the worker, and the update counts it as its
            // failure.
            return failed(row, owner, e);
        }
    }

    @Override
    public List<QueuedMessage> apologise(AcceptedUpdate row) {
        return transaction.apologise(row, incident());
    }

    private static String incident() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private TurnResult decide(TurnCall turn) {
        if (turn.row().update().expiresAt().isBefore(clock.instant())) {
            return closed(turn, InboxState.EXPIRED, "its deadline had passed");
        }
        InboundUpdate.ChatChange change = turn.row().update().change();
        if (change != null) {
            return chats.apply(turn, change);
        }
        return switch (Request.of(turn.row().update(), turn.bot().username())) {
            case Request.None none -> closed(turn, InboxState.IGNORED, none.reason());
            case Request.FreeText text -> transaction.run(turn, TurnTexts::noCommand);
            case Request.Command command ->
                commands.isSlow(command)
                        ? commands.runSlow(turn, command)
                        : transaction.run(turn, context -> commands.execute(command, context));
        };
    }

    private TurnResult closed(TurnCall turn, InboxState state, String reason) {
        return completion.closeWithoutTurn(turn.row(), turn.owner(), state, reason)
                ? new TurnResult.Ended(List.of())
                : new TurnResult.Lost();
    }

    private TurnResult failed(AcceptedUpdate row, Completion.Owner owner, Throwable failure) {
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
        try {
            return postponed(row, owner, category, incident, TurnFailure.described(failure));
        } catch (HoldfastException e) {
            LOG.log(
                    Level.WARNING,
                    "Incident {0} could not be written down and is tried again: {1}",
                    incident,
                    e.getMessage());
            return new TurnResult.Unavailable();
        }
    }

    private TurnResult postponed(
            AcceptedUpdate row, Completion.Owner owner, ErrorCategory category, String incident, String what) {
        String reason = "incident %s: %s".formatted(incident, what);
        return switch (completion.postpone(row, owner, category, reason)) {
            case RETRY -> new TurnResult.Postponed(row.failed(category));
            case PARKED -> new TurnResult.Ended(transaction.apologise(row, incident));
            case LOST -> new TurnResult.Lost();
        };
    }
}
