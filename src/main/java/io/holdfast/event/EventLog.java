package io.holdfast.event;

import io.holdfast.kernel.BotId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The event log's reading side, for people to look at. */
@ApplicationScoped
public class EventLog {

    @PersistenceContext(unitName = "holdfast")
    private EntityManager entities;

    /** Which events; null leaves a part open. */
    public record Filter(
            @Nullable BotId bot,
            @Nullable EventKind kind,
            @Nullable Instant since) {}

    /** Up to {@code limit} events with an id below {@code before}, the newest first. */
    @Transactional
    public List<EventEntry> list(Filter filter, long before, int limit) {
        StringBuilder query = new StringBuilder("select e from EventEntry e where e.id < :before");
        BotId bot = filter.bot();
        EventKind kind = filter.kind();
        Instant since = filter.since();
        query.append(bot == null ? "" : " and e.bot = :bot");
        query.append(kind == null ? "" : " and e.kind = :kind");
        query.append(since == null ? "" : " and e.occurredAt >= :since");
        query.append(" order by e.id desc");
        TypedQuery<EventEntry> list = entities.createQuery(query.toString(), EventEntry.class)
                .setParameter("before", before)
                .setMaxResults(limit);
        if (bot != null) {
            list.setParameter("bot", bot.value());
        }
        if (kind != null) {
            list.setParameter("kind", kind.name());
        }
        if (since != null) {
            list.setParameter("since", since);
        }
        return list.getResultList();
    }

    /** The first {@code limit} events of the update and of the messages, the oldest first. */
    @Transactional
    public List<EventEntry> of(BotId bot, long inboxId, Collection<Long> outboxIds, int limit) {
        return entities.createQuery(
                        "select e from EventEntry e where e.bot = :bot and (e.inbox = :inbox or e.outbox in :outbox)"
                                + " order by e.id",
                        EventEntry.class)
                .setParameter("bot", bot.value())
                .setParameter("inbox", inboxId)
                .setParameter("outbox", outboxIds)
                .setMaxResults(limit)
                .getResultList();
    }
}
