package io.holdfast.dispatch;

import io.holdfast.command.CommandContext;
import io.holdfast.command.Reply;
import io.holdfast.inbox.InboxState;
import io.holdfast.kernel.CrashPoint;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.lane.TurnRunner.TurnResult;
import io.holdfast.outbox.MessageClass;
import io.holdfast.session.ChatState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Does turns that touch no store together: reads what their chats remember, runs the handlers outside of any transaction, and
 * commits what they answered.
 *
 * <p>A handler that throws fails its own turn. When the shared commit fails, each of its turns is done again alone; nothing of it
 * was applied, and a pure handler has done nothing else.
 */
@ApplicationScoped
class SharedTurns {
    private static final Logger LOG = System.getLogger(SharedTurns.class.getName());

    @Inject
    private SharedCommit commit;

    @Inject
    private SharedCommands shared;

    @Inject
    private CommandRunner commands;

    @Inject
    private ReplyMessages messages;

    @Inject
    private Turn alone;

    @Inject
    private TurnMetrics metrics;

    /** One turn of the list, and its result as soon as it has one. */
    private static final class Place {
        final TurnCall turn;
        final Request request;

        @Nullable
        TurnResult result;

        Place(TurnCall turn) {
            this.turn = turn;
            this.request = Request.of(turn.row().update(), turn.bot().username());
        }
    }

    /** Answers the turns in their order. */
    List<TurnResult> run(List<TurnCall> turns) {
        List<Place> places = turns.stream().map(Place::new).toList();
        try {
            together(places.stream().filter(this::includes).toList());
        } catch (RuntimeException e) {
            spoilt(places, e);
        }
        List<TurnResult> results = new ArrayList<>(places.size());
        for (Place place : places) {
            results.add(place.result == null ? alone.run(place.turn) : place.result);
        }
        return results;
    }

    private boolean includes(Place place) {
        return !alone.expired(place.turn.row())
                && shared.includes(place.turn.row().update(), place.request);
    }

    private void together(List<Place> places) {
        List<Place> answered = new ArrayList<>(places.size());
        List<SharedCommit.Answered> answers = new ArrayList<>(places.size());
        List<Map<String, ChatState>> states = read(places);
        for (int i = 0; i < places.size(); i++) {
            Place place = places.get(i);
            try {
                answers.add(answer(place, states.get(i)));
                answered.add(place);
            } catch (RuntimeException | Error e) {
                place.result = alone.failed(place.turn, e);
            }
        }
        CrashPoint.hit("after-shared-handlers");
        if (answers.isEmpty()) {
            return;
        }
        List<TurnResult> results = commit.commit(answers);
        for (int i = 0; i < answered.size(); i++) {
            Place place = answered.get(i);
            place.result = results.get(i);
            metrics.ended(place.turn.row(), results.get(i), place.turn.took());
        }
    }

    /** Nothing of those that ask nothing. */
    private List<Map<String, ChatState>> read(List<Place> places) {
        List<TurnCall> asking = places.stream()
                .filter(place -> !(place.request instanceof Request.None))
                .map(place -> place.turn)
                .toList();
        List<Map<String, ChatState>> read = asking.isEmpty() ? List.of() : commit.read(asking);
        List<Map<String, ChatState>> states = new ArrayList<>(places.size());
        int next = 0;
        for (Place place : places) {
            states.add(place.request instanceof Request.None ? Map.of() : read.get(next++));
        }
        return states;
    }

    private SharedCommit.Answered answer(Place place, Map<String, ChatState> states) {
        TurnCall turn = place.turn;
        return switch (place.request) {
            case Request.None none ->
                new SharedCommit.Answered(turn, InboxState.IGNORED, none.reason(), List.of(), List.of());
            case Request.Command command -> {
                long before = System.nanoTime();
                CommandContext context = turn.context(states);
                Reply reply = commands.execute(command, context);
                shared.took(command, System.nanoTime() - before);
                yield answered(turn, context, reply);
            }
            case Request.FreeText text -> {
                CommandContext context = turn.context(states);
                yield answered(turn, context, TurnTexts.noCommand(context));
            }
            case Request.Stop stop -> throw new IllegalStateException("To stop something is not shared.");
        };
    }

    private SharedCommit.Answered answered(TurnCall turn, CommandContext context, Reply reply) {
        boolean refused = reply instanceof Reply.Refused;
        List<ChatState> changed = reply instanceof Reply.Answer answer
                ? answer.states().stream().map(context::next).toList()
                : List.of();
        return new SharedCommit.Answered(
                turn,
                refused ? InboxState.REFUSED : InboxState.DONE,
                refused ? TurnTransaction.REFUSED : null,
                changed,
                messages.of(turn.row().update(), context.chat(), reply, MessageClass.REPLY));
    }

    /** While the database is away all wait; else each shows alone whether it was the one. */
    private void spoilt(List<Place> places, RuntimeException failure) {
        boolean away = TurnFailure.category(failure) == ErrorCategory.UNAVAILABLE;
        LOG.log(Level.WARNING, "{0} turns are done again alone: {1}", places.size(), failure.getMessage());
        for (Place place : places) {
            if (place.result == null && away) {
                place.result = new TurnResult.Unavailable();
            }
        }
    }
}
