package io.holdfast.command;

/**
 * One command with its arguments, ready to run.
 *
 * @param arguments what stood after the command's name
 */
public record CommandCall<A extends Record>(CommandDefinition definition, A args, String arguments) {

    /** Runs the handler, behind the guard. */
    public Reply run(CommandContext context) {
        @SuppressWarnings("unchecked")
        CommandHandler<A> handler = (CommandHandler<A>) definition.handler();
        return handler.handle(args, context);
    }
}
