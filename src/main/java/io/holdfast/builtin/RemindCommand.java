package io.holdfast.builtin;

import io.holdfast.command.BotCommand;
import io.holdfast.command.CommandContext;
import io.holdfast.command.CommandHandler;
import io.holdfast.command.Reply;
import jakarta.validation.constraints.Size;
import java.time.Duration;

/** Reminds the chat of something later, even if the server is restarted in between. */
@BotCommand(name = "remind", summary = "Remind you of something later", pure = true)
class RemindCommand implements CommandHandler<RemindCommand.Args> {
    private static final Duration LONGEST = Duration.ofDays(30);

    record Args(
            Duration after,

            @Size(max = 1000, message = "is longer than 1000 characters")
            String text) {}

    @Override
    public Reply handle(Args args, CommandContext context) {
        if (args.after().isZero() || args.after().compareTo(LONGEST) > 0) {
            return Reply.refused("I can remind you in 1 second to 30 days, not in %s.".formatted(said(args.after())));
        }
        return Reply.text("I will remind you in %s.".formatted(said(args.after())))
                .andLater(args.after(), "⏰ " + args.text());
    }

    private static String said(Duration after) {
        StringBuilder text = new StringBuilder();
        append(text, after.toDays(), "d");
        append(text, after.toHoursPart(), "h");
        append(text, after.toMinutesPart(), "m");
        append(text, after.toSecondsPart(), "s");
        return text.isEmpty() ? "0s" : text.toString();
    }

    private static void append(StringBuilder text, long amount, String unit) {
        if (amount > 0) {
            text.append(text.isEmpty() ? "" : " ").append(amount).append(unit);
        }
    }
}
