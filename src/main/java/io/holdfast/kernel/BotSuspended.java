package io.holdfast.kernel;

/** The channel does not accept the bot's token: it takes updates, but does no turn and sends nothing; fired after the commit. */
public record BotSuspended(BotId bot) {}
