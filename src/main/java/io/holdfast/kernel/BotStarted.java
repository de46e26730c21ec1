package io.holdfast.kernel;

/** A bot takes updates from now on; fired after the commit, synchronously. */
public record BotStarted(BotId bot) {}
