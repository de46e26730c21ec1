package io.holdfast.inbox;

import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** What bots have received, for people to look at; without any content of a message. */
@ApplicationScoped
public class ReceivedUpdates {

    @PersistenceContext(unitName = "holdfast")
    private EntityManager entities;

    /** Up to {@code limit} updates of the bot with an id below {@code before}, the newest first. */
    @Transactional
    public List<InboxUpdate> list(BotId bot, long before, int limit) {
        return entities.createQuery(
                        "select u from InboxUpdate u where u.bot = :bot and u.id < :before order by u.id desc",
                        InboxUpdate.class)
                .setParameter("bot", bot.value())
                .setParameter("before", before)
                .setMaxResults(limit)
                .getResultList();
    }

    /** One update; empty when the bot has none of this id. */
    @Transactional
    public Optional<InboxUpdate> find(BotId bot, long inboxId) {
        return Optional.ofNullable(entities.find(InboxUpdate.class, new InboxUpdate.Key(bot.value(), inboxId)));
    }
}
