package io.holdfast.builtin;

import io.holdfast.command.BotCommand;
import io.holdfast.command.CommandContext;
import io.holdfast.command.CommandHandler;
import io.holdfast.command.Reply;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import java.time.Duration;

/** Takes its time, typing: shows what slow work looks like, and that other chats do not wait for it. */
@BotCommand(name = "wait", summary = "Type for a while, then answer", slow = true)
class WaitCommand implements CommandHandler<WaitCommand.Args> {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    record Args(Duration time) {}

    @Override
    public Reply handle(Args args, CommandContext context) {
        if (args.time().compareTo(LONGEST) > 0) {
            return Reply.refused("I wait for 30 seconds at most.");
        }
        try {
            Thread.sleep(args.time());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HoldfastException(ErrorCategory.TIMEOUT, "The wait was ended.", e);
        }
        return Reply.text("That was %d s.".formatted(args.time().toSeconds()));
    }
}
