package io.holdfast.kernel;

/**
 * A bot lives on this node from now on; fired synchronously when its lane takes what comes in.
 *
 * @param polled true where somebody here has to fetch its updates
 */
public record BotTaken(BotId bot, boolean polled) {}
