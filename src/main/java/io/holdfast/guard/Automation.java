package io.holdfast.guard;

import io.holdfast.command.ArgumentParser;
import io.holdfast.command.CommandCall;
import io.holdfast.command.CommandContext;
import io.holdfast.command.CommandDefinition;
import io.holdfast.command.Reply;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The one entry to every command: whoever wants one run comes here, and no handler is called past it. */
@ApplicationScoped
public class Automation {

    /** What somebody is told whom the bot does not know, whatever was asked. */
    public static final String STRANGER = "This bot is only for people it knows. Ask its owner to let you in.";

    @Inject
    private CommandInvoker invoker;

    /** Runs the command with what was written after its name; wrong arguments are a friendly refusal. */
    public Reply execute(CommandDefinition command, String arguments, CommandContext context) {
        if (!context.caller().known()) {
            // Before the arguments are read: what is wrong with them is none of a stranger's business.
            return Reply.refused(STRANGER);
        }
        return switch (ArgumentParser.parse(command.argsType(), arguments)) {
            case ArgumentParser.Parsed.Wrong wrong ->
                Reply.refused("%s\nUsage: %s".formatted(wrong.text(), command.usage()));
            case ArgumentParser.Parsed.Arguments parsed ->
                invoker.invoke(new CommandCall<>(command, parsed.args(), arguments), context);
        };
    }
}
