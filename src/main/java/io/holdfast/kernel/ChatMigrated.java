package io.holdfast.kernel;

/**
 * A chat has another id from now on; fired synchronously inside the JTA transaction that notes it. Who keeps rows under the
 * old id moves them in that transaction.
 *
 * <p>May be fired again for the same chat: whoever observes it moves what is left, which may be nothing.
 */
public record ChatMigrated(BotId bot, long from, long to) {}
