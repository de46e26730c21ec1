package io.holdfast.setting;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.BotStopped;
import io.holdfast.kernel.Changed;
import io.holdfast.kernel.ChangesMissed;
import io.holdfast.kernel.ErrorCategory;
import io.holdfast.kernel.HoldfastException;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of bots; reading comes from memory after the first time.
 *
 * <p>A change holds on this node as soon as {@link #put} returns, and on all others within a second. Safe on many threads. Must not be put inside a transaction.
 */
@ApplicationScoped
public class BotSettings {

    @Inject
    private SettingStore store;

    @Inject
    private Event<SettingsChanged> changed;

    private final Cache<BotId, Settings> known =
            Caffeine.newBuilder().maximumSize(100_000).build();

    /** The bot's settings; the defaults for what nobody has put, and for a bot that does not exist. */
    public Settings of(BotId bot) {
        return known.get(bot, absent -> SettingRules.read(store.of(absent)));
    }

    /** What is wrong with these values, by the name of their settings; nothing is wrong with an empty answer. */
    public List<Mistake> mistakes(Map<String, String> values) {
        return SettingRules.mistakes(values);
    }

    /**
     * Stores the values by name, all or none; what is not named stays as it is. Empty when there is no such bot.
     *
     * @throws HoldfastException INVALID where {@link #mistakes} finds any
     */
    public Optional<Settings> put(BotId bot, Map<String, String> values) {
        List<Mistake> mistakes = SettingRules.mistakes(values);
        if (!mistakes.isEmpty()) {
            throw new HoldfastException(ErrorCategory.INVALID, "Not valid: " + mistakes);
        }
        if (!store.put(bot, values)) {
            return Optional.empty();
        }
        known.invalidate(bot);
        Settings now = of(bot);
        changed.fire(new SettingsChanged(bot, now));
        return Optional.of(now);
    }

    void changed(@Observes @Priority(Changed.COPIES) Changed change) {
        switch (change.kind()) {
            case BOT, SETTINGS -> known.invalidate(change.bot());
            case ROUTE -> {}
        }
    }

    void missed(@Observes @Priority(Changed.COPIES) ChangesMissed event) {
        known.invalidateAll();
    }

    void forget(@Observes BotStopped event) {
        known.invalidate(event.bot());
    }
}
