package io.holdfast.outbox;

import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;

/** What bots were to send, for people to look at; without any content of a message. */
@ApplicationScoped
public class SentMessages {

    @PersistenceContext(unitName = "holdfast")
    private EntityManager entities;

    /** The first {@code limit} messages of one turn, in the order in which it wrote them. */
    @Transactional
    public List<OutboxMessage> ofTurn(BotId bot, long inboxId, int limit) {
        return entities.createQuery(
                        "select m from OutboxMessage m where m.bot = :bot and m.inbox = :inbox order by m.id",
                        OutboxMessage.class)
                .setParameter("bot", bot.value())
                .setParameter("inbox", inboxId)
                .setMaxResults(limit)
                .getResultList();
    }
}
