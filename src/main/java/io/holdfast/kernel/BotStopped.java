package io.holdfast.kernel;

/** A bot takes no more updates; fired after the commit, synchronously. */
public record BotStopped(BotId bot) {}
