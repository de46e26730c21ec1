package io.holdfast.admin;

import io.holdfast.fleet.Bot;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A bot as REST shows it; the random part of its webhook's address is as good as a key and stays hidden. */
record ShownBot(
        long id,
        UUID tenantId,
        String name,
        String username,
        String access,
        String state,
        @Nullable String reason,
        String intake,
        Webhook webhook,
        @Nullable Instant createdAt) {

    /** Whether Telegram was told where to post the bot's updates, and under which address. */
    record Webhook(boolean set, @Nullable String url) {}

    static ShownBot of(Bot bot) {
        String url = bot.webhookBase().map(base -> base + "/telegram/***").orElse(null);
        return new ShownBot(
                bot.id().value(),
                bot.tenant().value(),
                bot.name(),
                bot.username(),
                bot.access().name().toLowerCase(Locale.ROOT),
                bot.state().name(),
                bot.stateReason().orElse(null),
                bot.intake().name(),
                new Webhook(url != null, url),
                bot.createdAt());
    }
}
