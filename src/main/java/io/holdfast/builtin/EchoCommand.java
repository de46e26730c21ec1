package io.holdfast.builtin;

import io.holdfast.command.BotCommand;
import io.holdfast.command.CommandContext;
import io.holdfast.command.CommandHandler;
import io.holdfast.command.Reply;

/** Says the text back, with the number of echoes in this chat. */
@BotCommand(name = "echo", summary = "Say a text back, and count", pure = true)
class EchoCommand implements CommandHandler<EchoCommand.Args> {

    record Args(String text) {}

    /** What the chat remembers: how many echoes there were. */
    record Echoes(long count) {}

    @Override
    public Reply handle(Args args, CommandContext context) {
        long count = context.state(Echoes.class).map(Echoes::count).orElse(0L) + 1;
        return Reply.text("%s #%d".formatted(args.text(), count)).andState(new Echoes(count));
    }
}
