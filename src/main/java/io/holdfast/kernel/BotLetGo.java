package io.holdfast.kernel;

/** A bot no longer lives on this node; fired synchronously before another node can take it. What is done for it here ends at once. */
public record BotLetGo(BotId bot) {}
