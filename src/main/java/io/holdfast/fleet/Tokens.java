package io.holdfast.fleet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.holdfast.channel.BotToken;
import io.holdfast.database.EngineDatabase;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** Decrypts a bot's token once and keeps it in memory until the bot is changed. */
@ApplicationScoped
class Tokens {

    @Inject
    private EngineDatabase database;

    @Inject
    private Vault vault;

    private final Cache<BotId, BotToken> open =
            Caffeine.newBuilder().maximumSize(100_000).build();

    BotToken of(BotId bot) {
        return open.get(bot, this::load);
    }

    void forget(BotId bot) {
        open.invalidate(bot);
    }

    void forgetAll() {
        open.invalidateAll();
    }

    private BotToken load(BotId bot) {
        return database.run(connection -> {
            try (var select = connection.prepareStatement("select tenant_id, token_cipher from bot where bot_id = ?")) {
                select.setLong(1, bot.value());
                try (var rows = select.executeQuery()) {
                    if (!rows.next()) {
                        throw new HoldfastException(ErrorCategory.INVALID, "There is no bot " + bot);
                    }
                    return vault.decrypt(new TenantId(rows.getObject(1, UUID.class)), bot, rows.getBytes(2));
                }
            }
        });
    }
}
