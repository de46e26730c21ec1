package io.holdfast.lane;

/**
 * What a turn needs to know of its bot.
 *
 * @param username the bot's own name on its channel, by which groups address it
 * @param open true when everybody may use it; false when only people it knows may, and it knows nobody yet
 */
public record BotProfile(String username, boolean open) {}
