package io.holdfast.setting;

import io.holdfast.kernel.BotId;

/** Settings of a bot were put on this node; fired after the commit, synchronously. */
public record SettingsChanged(BotId bot, Settings settings) {}
