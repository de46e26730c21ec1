package io.holdfast.command;

/**
 * What a command does.
 *
 * <p>A handler returns what is to be said. It never sends, never calls the network, never opens a transaction: it runs inside
 * the turn's transaction, which is committed or rolled back as a whole, and may be run again after a failure. It has 10
 * seconds. The handler of a slow command runs outside any transaction and has 60.
 *
 * @param <A> a record; its components are the arguments, in order
 */
public interface CommandHandler<A extends Record> {
    Reply handle(A args, CommandContext context);
}
