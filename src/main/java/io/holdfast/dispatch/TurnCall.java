package io.holdfast.dispatch;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.command.Caller;
import io.holdfast.command.CommandContext;
import io.holdfast.command.Role;
import io.holdfast.inbox.AcceptedUpdate;
import io.holdfast.inbox.Completion;
import io.holdfast.lane.BotProfile;
import io.holdfast.session.ChatState;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** One row, who may turn it, its bot, and when its turn began by System.nanoTime. */
record TurnCall(AcceptedUpdate row, Completion.Owner owner, BotProfile bot, long begunNanos) {

    static TurnCall now(AcceptedUpdate row, Completion.Owner owner, BotProfile bot) {
        return new TurnCall(row, owner, bot, System.nanoTime());
    }

    /** How long the turn has taken so far. */
    Duration took() {
        return Duration.ofNanos(System.nanoTime() - begunNanos);
    }

    /** Where it runs; whatever asks something has a chat. */
    InboundUpdate.Chat chat() {
        return Objects.requireNonNull(row.update().chat());
    }

    /** What a command sees of it, with what its chat remembers. */
    CommandContext context(Map<String, ChatState> states) {
        InboundUpdate.User user = row.update().user();
        Caller caller = user == null
                ? new Caller(0, null, null, Role.USER, bot.open())
                : new Caller(user.id(), user.firstName(), user.language(), Role.USER, bot.open());
        return new CommandContext(row.bot(), bot.username(), chat(), caller, states);
    }
}
