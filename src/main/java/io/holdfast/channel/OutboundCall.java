package io.holdfast.channel;

import io.holdfast.kernel.BotId;

/**
 * One call to the channel, ready to be made.
 *
 * @param method the channel's name of the call (Telegram: sendMessage)
 * @param payload its parameters as a JSON object in UTF-8
 * @param attempt 1 for the first call of this message
 */
public record OutboundCall(BotId bot, String method, byte[] payload, int attempt) {}
