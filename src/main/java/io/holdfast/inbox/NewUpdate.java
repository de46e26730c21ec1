package io.holdfast.inbox;

import io.holdfast.channel.InboundUpdate;

/** An update that asks to be stored: what the channel read, and the bytes it read it from. */
public record NewUpdate(InboundUpdate update, byte[] payload) {}
