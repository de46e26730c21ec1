package io.holdfast.fleet;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.holdfast.database.EngineDatabase;
import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the bot of a webhook path, from memory after the first time, so that a known route works while the database is away. */
@ApplicationScoped
class Routes {
    /** 128 bits, url-safe. What has another form is no route and costs no query. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{22}");

    @Inject
    private EngineDatabase database;

    private final Cache<String, RoutedBot> known = Caffeine.newBuilder().build();
    private final Cache<String, Boolean> unknown = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(5))
            .build();

    Optional<RoutedBot> find(String route) {
        if (!FORM.matcher(route).matches() || unknown.getIfPresent(route) != null) {
            return Optional.empty();
        }
        RoutedBot bot = known.get(route, absent -> load(absent).orElse(null));
        if (bot == null) {
            unknown.put(route, true);
        }
        return Optional.ofNullable(bot);
    }

    /** Waits for a load of the same route that is under way, so that no older row comes back after it. */
    void forget(String route) {
        known.invalidate(route);
        unknown.invalidate(route);
    }

    void forgetAll() {
        known.invalidateAll();
        unknown.invalidateAll();
    }

    // A suspended bot's updates wait for it. A bot in STARTING counts: Telegram may post before its answer to
    // setWebhook has reached us.
    private Optional<RoutedBot> load(String route) {
        return database.run(connection -> {
            try (var select = connection.prepareStatement("""
                    select bot_id, webhook_secret_hash from bot
                    where route = ? and intake = 'WEBHOOK' and state in ('STARTING', 'RUNNING', 'SUSPENDED')""")) {
                select.setString(1, route);
                try (var rows = select.executeQuery()) {
                    return rows.next()
                            ? Optional.of(new RoutedBot(new BotId(rows.getLong(1)), rows.getBytes(2)))
                            : Optional.empty();
                }
            }
        });
    }
}
