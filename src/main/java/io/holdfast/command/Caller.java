package io.holdfast.command;

import org.jspecify.annotations.Nullable;

/**
 * Who runs a command.
 *
 * @param userId the channel's number of the user; 0 for somebody without one, such as an anonymous group admin
 * @param known whether the bot knows this person; an open bot knows everybody
 * @param language the two-letter language of the user's app, or null
 */
public record Caller(
        long userId, @Nullable String name, @Nullable String language, Role role, boolean known) {}
