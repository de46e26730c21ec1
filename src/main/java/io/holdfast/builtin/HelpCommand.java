package io.holdfast.builtin;

import io.holdfast.command.BotCommand;
import io.holdfast.command.CommandContext;
import io.holdfast.command.CommandHandler;
import io.holdfast.command.CommandRegistry;
import io.holdfast.command.NoArgs;
import io.holdfast.command.Reply;
import jakarta.inject.Inject;
import java.util.stream.Collectors;

/** Lists the commands that the caller may run. */
@BotCommand(name = "help", summary = "List the commands", pure = true)
class HelpCommand implements CommandHandler<NoArgs> {

    @Inject
    private CommandRegistry registry;

    @Override
    public Reply handle(NoArgs args, CommandContext context) {
        return Reply.text(registry.all().stream()
                .filter(command -> context.caller().role().covers(command.spec().role()))
                .map(command -> command.usage() + " – " + command.spec().summary())
                .collect(Collectors.joining("\n")));
    }
}
