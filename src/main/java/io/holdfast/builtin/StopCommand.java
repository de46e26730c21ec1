package io.holdfast.builtin;

import io.holdfast.command.BotCommand;
import io.holdfast.command.CommandClass;
import io.holdfast.command.CommandContext;
import io.holdfast.command.CommandHandler;
import io.holdfast.command.NoArgs;
import io.holdfast.command.Reply;
import io.holdfast.guard.RunningCommands;
import jakarta.inject.Inject;
import java.util.List;

/** Ends what runs in this chat, at once and without waiting for it. */
@BotCommand(name = "stop", summary = "Stop what I am doing in this chat", commandClass = CommandClass.CONTROL)
class StopCommand implements CommandHandler<NoArgs> {

    @Inject
    private RunningCommands running;

    @Override
    public Reply handle(NoArgs args, CommandContext context) {
        return stop(running, context);
    }

    static Reply stop(RunningCommands running, CommandContext context) {
        List<String> stopped = running.stop(context.bot(), context.chat().id());
        return stopped.isEmpty()
                ? Reply.text("Nothing runs here that I could stop.")
                : Reply.text("Stopping /%s.".formatted(String.join(", /", stopped)));
    }
}
