package io.holdfast.setting;

import io.holdfast.kernel.BotId;
import io.holdfast.kernel.Changed;
import io.holdfast.node.Changes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.Map;

/** Reads and writes the rows of settings; each method is one transaction or joins the caller's. */
@ApplicationScoped
class SettingStore {

    @PersistenceContext(unitName = "holdfast")
    private EntityManager entities;

    @Inject
    private Changes changes;

    @Transactional
    Map<String, String> of(BotId bot) {
        Map<String, String> values = new HashMap<>();
        entities.createQuery("select s from BotSettingEntry s where s.bot = :bot", BotSettingEntry.class)
                .setParameter("bot", bot.value())
                .getResultList()
                .forEach(entry -> values.put(entry.name(), entry.value()));
        return values;
    }

    /** Stores the values; false when there is no such bot. */
    @Transactional
    boolean put(BotId bot, Map<String, String> values) {
        boolean known = !entities.createNativeQuery("select 1 from bot where bot_id = :bot for share", Integer.class)
                .setParameter("bot", bot.value())
                .getResultList()
                .isEmpty();
        if (known) {
            values.forEach((name, value) -> put(bot, name, value));
            changes.record(Changed.settings(bot));
        }
        return known;
    }

    private void put(BotId bot, String name, String value) {
        entities.createNativeQuery("""
                        insert into bot_setting (bot_id, name, value) values (:bot, :name, :value)
                        on conflict (bot_id, name) do update set value = excluded.value, changed_at = now()""")
                .setParameter("bot", bot.value())
                .setParameter("name", name)
                .setParameter("value", value)
                .executeUpdate();
    }
}
