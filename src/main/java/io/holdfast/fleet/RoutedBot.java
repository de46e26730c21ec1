package io.holdfast.fleet;

import io.holdfast.kernel.BotId;

/**
 * The bot behind a webhook path, with what its caller must prove.
 *
 * @param secretHash SHA-256 of the secret that Telegram sends in a header; compare in constant time
 */
public record RoutedBot(BotId bot, byte[] secretHash) {
    @Override
    public String toString() {
        return "RoutedBot[" + bot + "]";
    }
}
