package io.holdfast.fleet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.holdfast.channel.BotToken;
import io.holdfast.database.EngineDatabase;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.Changed;
import io.holdfast.kernel.ChangesMissed;
import io.holdfast.kernel.TenantId;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The registered bots, for everyone who needs to know one.
 *
 * <p>Routes, tokens and tenants come from memory after the first time, at most a second behind the rows, and keep coming while the
 * database is away; what is not in memory then fails as UNAVAILABLE. Safe on many threads.
 */
@ApplicationScoped
public class Bots {

    @Inject
    private Routes routes;

    @Inject
    private Tokens tokens;

    @Inject
    private BotStore store;

    @Inject
    private EngineDatabase database;

    private final Cache<BotId, TenantId> tenants =
            Caffeine.newBuilder().maximumSize(100_000).build();

    /** The bot whose webhook has this path; empty for an unknown route and for a bot that takes no updates. */
    public Optional<RoutedBot> routed(String route) {
        return routes.find(route);
    }

    /** The bot's credential; INVALID when there is no such bot. */
    public BotToken token(BotId bot) {
        return tokens.of(bot);
    }

    /** The running bots whose updates we have to ask for. */
    public List<BotId> polled() {
        return database.run(connection -> {
            try (var select = connection.prepareStatement(
                            "select bot_id from bot where state = 'RUNNING' and intake = 'POLLING' order by bot_id");
                    var rows = select.executeQuery()) {
                List<BotId> bots = new ArrayList<>();
                while (rows.next()) {
                    bots.add(new BotId(rows.getLong(1)));
                }
                return bots;
            }
        });
    }

    /** The bot's row as it is now; joins the caller's transaction, or makes one of its own. */
    public Optional<Bot> find(BotId bot) {
        return store.find(bot);
    }

    /** Whose bot it is; empty when there is no such bot. */
    public Optional<TenantId> tenantOf(BotId bot) {
        return Optional.ofNullable(
                tenants.get(bot, unknown -> store.find(unknown).map(Bot::tenant).orElse(null)));
    }

    /** Up to {@code limit} bots with an id above {@code after}, in the order of their ids. */
    public List<Bot> list(long after, int limit) {
        return store.list(after, limit);
    }

    void forget(Bot bot) {
        routes.forget(bot.route());
        forget(bot.id());
    }

    private void forget(BotId bot) {
        tokens.forget(bot);
        tenants.invalidate(bot);
    }

    void changed(@Observes @Priority(Changed.COPIES) Changed change) {
        switch (change.kind()) {
            case BOT -> forget(change.bot());
            case ROUTE -> routes.forget(change.key());
            case SETTINGS -> {}
        }
    }

    void missed(@Observes @Priority(Changed.COPIES) ChangesMissed event) {
        routes.forgetAll();
        tokens.forgetAll();
        tenants.invalidateAll();
    }
}
