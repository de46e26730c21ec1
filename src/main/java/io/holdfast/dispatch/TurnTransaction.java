package io.holdfast.dispatch;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.command.Caller;
import io.holdfast.command.CommandContext;
import io.holdfast.command.Reply;
import io.holdfast.command.Role;
import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.Completion;
import io.holdfast.inbox.InboxState;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.lane.TurnRunner.TurnResult;
import io.holdfast.outbox.NewMessage;
import io.holdfast.outbox.Outbox;
import io.holdfast.outbox.QueuedMessage;
import io.holdfast.session.ChatStates;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * T2: the row is closed, the handler runs, state and messages are written, all in one transaction or not at all.
 *
 * <p>Closing the row comes first: a second turn of the same row waits there, and finds it closed.
 */
@ApplicationScoped
class TurnTransaction {

    @Inject
    private Completion completion;

    @Inject
    private ChatStates states;

    @Inject
    private Outbox outbox;

    @Inject
    private ReplyMessages messages;

    /** Runs the handler inside the transaction. */
    @Transactional
    public TurnResult run(TurnCall turn, Function<CommandContext, Reply> handler) {
        CrashPoint.hit("before-claim");
        if (!completion.claim(turn.row(), turn.owner(), InboxState.DONE)) {
            return new TurnResult.Lost();
        }
        CrashPoint.hit("after-claim");
        CommandContext context = context(turn);
        Reply reply = handler.apply(context);
        CrashPoint.hit("after-handler");
        TurnResult result = write(turn.row(), context, reply);
        CrashPoint.hit("before-t2-commit");
        return result;
    }

    /** Reads what a slow command needs before it runs outside. */
    @Transactional
    public CommandContext readContext(TurnCall turn) {
        return context(turn);
    }

    /** Applies what a slow command replied. */
    @Transactional
    public TurnResult apply(TurnCall turn, CommandContext context, Reply reply) {
        if (!completion.claim(turn.row(), turn.owner(), InboxState.DONE)) {
            return new TurnResult.Lost();
        }
        return write(turn.row(), context, reply);
    }

    /** Tells the chat that its message was parked. */
    @Transactional
    public List<QueuedMessage> apologise(AcceptedUpdate row, String incident) {
        InboundUpdate.Chat chat = row.update().chat();
        if (chat == null) {
            return List.of();
        }
        return outbox.enqueue(
                row.bot(), row.inboxId(), messages.of(row.update(), chat, Reply.text(TurnTexts.apology(incident))));
    }

    private CommandContext context(TurnCall turn) {
        InboundUpdate update = turn.row().update();
        InboundUpdate.Chat chat = Objects.requireNonNull(update.chat());
        InboundUpdate.User user = update.user();
        Caller caller = user == null
                ? new Caller(0, null, null, Role.USER, turn.bot().open())
                : new Caller(
                        user.id(),
                        user.firstName(),
                        user.language(),
                        Role.USER,
                        turn.bot().open());
        return new CommandContext(
                update.bot(), turn.bot().username(), chat, caller, states.read(update.bot(), chat.id()));
    }

    private TurnResult write(AcceptedUpdate row, CommandContext context, Reply reply) {
        if (reply instanceof Reply.Answer answer) {
            for (Record state : answer.states()) {
                states.write(row.bot(), context.chat().id(), context.next(state));
            }
        }
        List<NewMessage> written = messages.of(row.update(), context.chat(), reply);
        List<QueuedMessage> queued = outbox.enqueue(row.bot(), row.inboxId(), written);
        if (reply instanceof Reply.Refused) {
            completion.restate(row, InboxState.REFUSED, "the guard or the command said no");
        }
        return new TurnResult.Ended(queued);
    }
}
