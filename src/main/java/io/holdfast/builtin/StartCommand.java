package io.holdfast.builtin;

import io.holdfast.channel.OutboundMessage.Button;
import io.holdfast.command.BotCommand;
import io.holdfast.command.CommandContext;
import io.holdfast.command.CommandHandler;
import io.holdfast.command.NoArgs;
import io.holdfast.command.Reply;

/** Greets, and offers what most people want first. */
@BotCommand(name = "start", summary = "Say hello and show what I can do", pure = true)
class StartCommand implements CommandHandler<NoArgs> {

    @Override
    public Reply handle(NoArgs args, CommandContext context) {
        String name = context.caller().name();
        return Reply.text(
                        "Hello%s! I keep every message you send me, even if I am restarted while you write. Try /help."
                                .formatted(name == null ? "" : " " + name))
                .andButtons(new Button("Help", "/help"), new Button("Status", "/status"));
    }
}
