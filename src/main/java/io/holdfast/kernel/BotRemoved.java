package io.holdfast.kernel;

/**
 * A bot is about to be removed; fired synchronously inside the JTA transaction that removes its row, while its lease is
 * still there. Who keeps open work of the bot closes it in that transaction; a failure keeps the bot.
 */
public record BotRemoved(BotId bot) {
    /** First of the observers: what arrives for the bot, so that nothing adds to what it sends. */
    public static final int INBOUND = 100;
    /** After them: what the bot was to send. */
    public static final int OUTBOUND = 200;
}
