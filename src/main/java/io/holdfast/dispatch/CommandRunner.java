package io.holdfast.dispatch;

import io.holdfast.command.CommandClass;
import io.holdfast.command.CommandContext;
import io.holdfast.command.CommandDefinition;
import io.holdfast.command.CommandRegistry;
import io.holdfast.command.Reply;
import io.holdfast.guard.Automation;
import io.holdfast.lane.TurnRunner.TurnResult;
import io.holdfast.lane.Typing;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Runs commands by their names: a slow one outside any transaction, typing, its reply committed after it. */
@ApplicationScoped
class CommandRunner {

    @Inject
    private CommandRegistry registry;

    @Inject
    private Automation automation;

    @Inject
    private TurnTransaction transaction;

    @Inject
    private Typing typing;

    boolean isSlow(Request.Command command) {
        return registry.find(command.name())
                .map(definition -> definition.spec().slow())
                .orElse(false);
    }

    boolean isControl(Request.Command command) {
        return registry.find(command.name())
                .map(definition -> definition.spec().commandClass() == CommandClass.CONTROL)
                .orElse(false);
    }

    TurnResult runSlow(TurnCall turn, Request.Command command) {
        CommandContext context = transaction.readContext(turn);
        Typing.Shown shown = typing.show(turn.row().bot(), context.chat().id());
        Reply reply;
        try {
            reply = execute(command, context);
        } finally {
            shown.close();
        }
        return transaction.apply(turn, context, reply);
    }

    Reply execute(Request.Command command, CommandContext context) {
        Optional<CommandDefinition> definition = registry.find(command.name());
        return definition.isPresent()
                ? automation.execute(definition.get(), command.arguments(), context)
                : TurnTexts.unknown(command.name(), context);
    }
}
