package io.holdfast.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A message that a turn wants sent.
 *
 * @param chatId where to; null for calls that name no chat
 * @param method the channel's name of the call
 * @param payload its parameters as JSON in UTF-8
 * @param delay how long after the commit, by the database's clock; zero for at once
 */
public record NewMessage(
        @Nullable Long chatId, MessageClass messageClass, String method, byte[] payload, Duration delay) {}
