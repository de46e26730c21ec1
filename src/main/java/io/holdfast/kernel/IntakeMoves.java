package io.holdfast.kernel;

/** The bot is about to take its updates another way, by webhook or by polling; it goes on working. {@link BotStarted} follows. */
public record IntakeMoves(BotId bot) {}
