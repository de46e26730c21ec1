package io.holdfast.due;

import io.holdfast.kernel.BotId;

/** One thing whose time has come. */
public record DueWork(BotId bot, DueKind kind, long ref) {}
