package io.holdfast.builtin;

import io.holdfast.command.BotCommand;
import io.holdfast.command.CommandClass;
import io.holdfast.command.CommandContext;
import io.holdfast.command.CommandHandler;
import io.holdfast.command.NoArgs;
import io.holdfast.command.Reply;
import io.holdfast.guard.RunningCommands;
import jakarta.inject.Inject;

/** The same as /stop, under the name that some people know. */
@BotCommand(name = "interrupt", summary = "Stop what I am doing in this chat", commandClass = CommandClass.CONTROL)
class InterruptCommand implements CommandHandler<NoArgs> {

    @Inject
    private RunningCommands running;

    @Override
    public Reply handle(NoArgs args, CommandContext context) {
        return StopCommand.stop(running, context);
    }
}
