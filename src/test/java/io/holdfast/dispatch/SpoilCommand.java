package io.holdfast.dispatch;

import io.holdfast.command.BotCommand;
import io.holdfast.command.CommandContext;
import io.holdfast.command.CommandHandler;
import io.holdfast.command.Reply;

/** Spoils a shared turn: by throwing, or with a state that cannot be written. */
@BotCommand(name = "spoil", summary = "Fail where others do not", pure = true)
class SpoilCommand implements CommandHandler<SpoilCommand.Args> {
    private static final int TOO_LARGE = 20_000;

    record Args(String how) {}

    record Large(String text) {}

    @Override
    public Reply handle(Args args, CommandContext context) {
        if (args.how().equals("commit")) {
            return Reply.text("large").andState(new Large("x".repeat(TOO_LARGE)));
        }
        throw new IllegalStateException("spoilt");
    }
}
