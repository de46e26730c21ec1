package io.holdfast.dispatch;

import io.holdfast.command.BotCommand;
import io.holdfast.command.CommandContext;
import io.holdfast.command.CommandHandler;
import io.holdfast.command.NoArgs;
import io.holdfast.command.Reply;
import io.holdfast.session.ChatState;
import io.holdfast.session.ChatStates;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;

/** Writes something, then fails: nothing of it may stay. */
@BotCommand(name = "boom", summary = "Fail after writing")
class BoomCommand implements CommandHandler<NoArgs> {

    @Inject
    private ChatStates states;

    @Override
    public Reply handle(NoArgs args, CommandContext context) {
        states.write(
                context.bot(),
                context.chat().id(),
                new ChatState("half-done", 0, "{}".getBytes(StandardCharsets.UTF_8)));
        throw new IllegalStateException("boom");
    }
}
