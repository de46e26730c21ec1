package io.holdfast.fleet;

import org.jspecify.annotations.Nullable;

/** What became of telling Telegram where a bot's updates go. */
sealed interface Direction {

    /** They come by {@code intake}; {@code base} is the public address of a webhook. */
    record Done(Intake intake, @Nullable String base) implements Direction {}

    /** They go where they went before. {@code unreachable} tells that trying again may help. */
    record NotDone(boolean unreachable, String reason) implements Direction {}
}
