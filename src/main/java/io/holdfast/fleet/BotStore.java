package io.holdfast.fleet;

import io.holdfast.kernel.BotId;
import io.holdfast.kernel.BotRemoved;
import io.holdfast.kernel.Changed;
import io.holdfast.kernel.TenantId;
import io.holdfast.node.Changes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the rows of bots, and tells all nodes of each change; each method is one transaction and waits for nobody but the
 * database.
 */
@ApplicationScoped
class BotStore {

    /** What is stored of a bot at its registration. */
    record Row(
            BotId bot,
            TenantId tenant,
            String name,
            String username,
            Access access,
            BotState state,
            Intake intake,
            byte[] tokenCipher,
            String route,
            byte[] webhookSecretHash) {}

    @PersistenceContext(unitName = "holdfast")
    private EntityManager entities;

    @Inject
    private Event<BotRemoved> removed;

    @Inject
    private Changes changes;

    @Transactional
    Optional<Bot> find(BotId bot) {
        return Optional.ofNullable(entities.find(Bot.class, bot.value()));
    }

    @Transactional
    List<Bot> list(long after, int limit) {
        return entities.createQuery("select b from Bot b where b.id > :after order by b.id", Bot.class)
                .setParameter("after", after)
                .setMaxResults(limit)
                .getResultList();
    }

    /** Running bots whose updates are directed elsewhere than to {@code base}; null stands for polling. */
    @Transactional
    List<BotId> directedElsewhere(@Nullable String base) {
        return entities
                .createQuery(
                        "select b.id from Bot b where b.state = :running and b.webhookBase is distinct from :base order by b.id",
                        Long.class)
                .setParameter("running", BotState.RUNNING)
                .setParameter("base", base)
                .getResultList()
                .stream()
                .map(BotId::new)
                .toList();
    }

    /** Stores the bot with its lease; empty when the bot is there already. */
    @Transactional
    Optional<Bot> insert(Row row) {
        int inserted = entities.createNativeQuery("""
                        insert into bot (bot_id, tenant_id, name, username, access, state, intake, token_cipher, route,
                            webhook_secret_hash)
                        values (:bot, :tenant, :name, :username, :access, :state, :intake, :cipher, :route, :hash)
                        on conflict (bot_id) do nothing""")
                .setParameter("bot", row.bot().value())
                .setParameter("tenant", row.tenant().value())
                .setParameter("name", row.name())
                .setParameter("username", row.username())
                .setParameter("access", row.access().name())
                .setParameter("state", row.state().name())
                .setParameter("intake", row.intake().name())
                .setParameter("cipher", row.tokenCipher())
                .setParameter("route", row.route())
                .setParameter("hash", row.webhookSecretHash())
                .executeUpdate();
        if (inserted == 0) {
            return Optional.empty();
        }
        entities.createNativeQuery("insert into bot_lease (bot_id) values (:bot)")
                .setParameter("bot", row.bot().value())
                .executeUpdate();
        changes.record(Changed.bot(row.bot()), Changed.route(row.route()));
        return find(row.bot());
    }

    /** Changes the locked row; empty when it is gone. */
    @Transactional
    Optional<Bot> change(BotId bot, Consumer<Bot> change) {
        Bot row = entities.find(Bot.class, bot.value(), LockModeType.PESSIMISTIC_WRITE);
        if (row != null) {
            change.accept(row);
            changes.record(Changed.bot(bot), Changed.route(row.route()));
        }
        return Optional.ofNullable(row);
    }

    /** Removes the bot with its lease, its settings and whatever others keep open for it. */
    @Transactional
    void remove(BotId bot) {
        removed.fire(new BotRemoved(bot));
        find(bot).ifPresent(row -> changes.record(Changed.bot(bot), Changed.route(row.route())));
        entities.createNativeQuery("delete from bot where bot_id = :bot")
                .setParameter("bot", bot.value())
                .executeUpdate();
    }
}
