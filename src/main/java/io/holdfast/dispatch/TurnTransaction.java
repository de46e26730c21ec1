package io.holdfast.dispatch;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.command.CommandContext;
import io.holdfast.command.Reply;
import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.Completion;
import io.holdfast.inbox.InboxState;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.lane.TurnRunner.TurnResult;
import io.holdfast.outbox.MessageClass;
import io.holdfast.outbox.NewMessage;
import io.holdfast.outbox.Outbox;
import io.holdfast.outbox.QueuedMessage;
import io.holdfast.session.ChatStates;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.function.Function;

/**
 * T2: the row is closed, the handler runs, state and messages are written, all in one transaction or not at all.
 *
 * <p>Closing the row comes first: a second turn of the same row waits there, and finds it closed.
 */
@ApplicationScoped
class TurnTransaction {
    static final String REFUSED = "the guard or the command said no";

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
        TurnResult result = write(turn, context, reply, MessageClass.REPLY);
        CrashPoint.hit("before-t2-commit");
        return result;
    }

    /** Runs a handler that must not change what the chat remembers: another turn of the chat may be running. */
    @Transactional
    public TurnResult runBeside(TurnCall turn, Function<CommandContext, Reply> handler) {
        if (!completion.claim(turn.row(), turn.owner(), InboxState.DONE)) {
            return new TurnResult.Lost();
        }
        CommandContext context = context(turn);
        Reply reply = handler.apply(context);
        if (reply instanceof Reply.Answer answer && !answer.states().isEmpty()) {
            throw new HoldfastException(ErrorCategory.INVALID, "A control command may not write a state of its chat.");
        }
        return write(turn, context, reply, MessageClass.CONTROL);
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
        return write(turn, context, reply, MessageClass.REPLY);
    }

    /** T2': writes down that a turn failed, and tells the chat where nothing more is tried. */
    @Transactional
    public TurnResult postpone(TurnCall turn, Completion.Failure failure) {
        AcceptedUpdate row = turn.row();
        return switch (completion.postpone(row, turn.owner(), failure)) {
            case Completion.Postponement.Retry retry -> new TurnResult.Postponed(retry.row(), retry.pause());
            case Completion.Postponement.Parked parked ->
                new TurnResult.Ended(tell(row, TurnTexts.apology(failure.incident())));
            case Completion.Postponement.Expired expired ->
                new TurnResult.Ended(tell(row, TurnTexts.tooLate(failure.incident())));
            case Completion.Postponement.Lost lost -> new TurnResult.Lost();
        };
    }

    /** Tells the chat something about its update that is no reply of a command. */
    @Transactional
    public List<QueuedMessage> tell(AcceptedUpdate row, String text) {
        InboundUpdate.Chat chat = row.update().chat();
        if (chat == null) {
            return List.of();
        }
        return outbox.enqueue(
                row.bot(), row.inboxId(), messages.of(row.update(), chat, Reply.text(text), MessageClass.REPLY));
    }

    /** Writes the acknowledgement of a pressed button, once however often it is asked for. */
    @Transactional
    public TurnResult acknowledge(TurnCall turn) {
        if (!completion.acknowledge(turn.row(), turn.owner())) {
            return new TurnResult.Lost();
        }
        return new TurnResult.Ended(outbox.enqueue(
                turn.row().bot(),
                turn.row().inboxId(),
                List.of(messages.acknowledgement(turn.row().update()))));
    }

    /** Closes the update without its turn, because too much waits. */
    @Transactional
    public TurnResult refuse(TurnCall turn, boolean tell) {
        if (!completion.refuse(turn.row(), turn.owner(), "too much waits")) {
            return new TurnResult.Lost();
        }
        return new TurnResult.Ended(tell ? tell(turn.row(), TurnTexts.tooMuchWaits()) : List.of());
    }

    private CommandContext context(TurnCall turn) {
        return turn.context(states.read(turn.row().bot(), turn.chat().id()));
    }

    private TurnResult write(TurnCall turn, CommandContext context, Reply reply, MessageClass said) {
        AcceptedUpdate row = turn.row();
        if (reply instanceof Reply.Answer answer) {
            for (Record state : answer.states()) {
                states.write(row.bot(), context.chat().id(), context.next(state));
            }
        }
        List<NewMessage> written = messages.of(row.update(), context.chat(), reply, said);
        List<QueuedMessage> queued = outbox.enqueue(row.bot(), row.inboxId(), written);
        if (reply instanceof Reply.Refused) {
            completion.restateRefused(row, REFUSED, turn.took());
        }
        return new TurnResult.Ended(queued);
    }
}
