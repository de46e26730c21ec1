package io.holdfast.builtin;

import io.holdfast.command.BotCommand;
import io.holdfast.command.CommandClass;
import io.holdfast.command.CommandContext;
import io.holdfast.command.CommandHandler;
import io.holdfast.command.NoArgs;
import io.holdfast.command.Reply;
import io.holdfast.node.Nodes;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;

/** Says that the bot is at work, since when, and for whom. */
@BotCommand(name = "status", summary = "Tell whether I am at work", pure = true, commandClass = CommandClass.CONTROL)
class StatusCommand implements CommandHandler<NoArgs> {

    @Inject
    private Nodes nodes;

    @Override
    public Reply handle(NoArgs args, CommandContext context) {
        Duration up = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        return Reply.text("At work on node %s for %d h %d min %d s. This chat is %d, you are %d (%s)."
                .formatted(
                        nodes.self(),
                        up.toHours(),
                        up.toMinutesPart(),
                        up.toSecondsPart(),
                        context.chat().id(),
                        context.caller().userId(),
                        context.caller().role().name().toLowerCase(Locale.ROOT)));
    }
}
