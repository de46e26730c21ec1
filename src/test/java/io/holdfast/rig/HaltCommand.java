package io.holdfast.rig;

import io.holdfast.command.BotCommand;
import io.holdfast.command.CommandContext;
import io.holdfast.command.CommandHandler;
import io.holdfast.command.NoArgs;
import io.holdfast.command.Reply;

/** Ends the process as nothing but a defect or a power cut does: at once, in the middle of its turn. */
@BotCommand(name = "halt", summary = "End the process")
class HaltCommand implements CommandHandler<NoArgs> {
    static final int EXIT = 99;

    @Override
    public Reply handle(NoArgs args, CommandContext context) {
        Runtime.getRuntime().halt(EXIT);
        return Reply.nothing();
    }
}
