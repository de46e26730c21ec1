package io.holdfast.deadletter;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Dead letters for people to look at; each method is one transaction. */
@ApplicationScoped
public class DeadLetterList {

    @PersistenceContext(unitName = "holdfast")
    private EntityManager entities;

    /** Up to {@code limit} of them with an id below {@code before}, the newest first. */
    @Transactional
    public List<DeadLetter> list(DeadLetterFilter filter, long before, int limit) {
        TypedQuery<DeadLetter> query = entities.createQuery(
                "select d from DeadLetter d where d.id < :before" + filter.conditions() + " order by d.id desc",
                DeadLetter.class);
        filter.bind(query);
        return query.setParameter("before", before).setMaxResults(limit).getResultList();
    }

    @Transactional
    public long count(DeadLetterFilter filter) {
        TypedQuery<Long> query = entities.createQuery(
                "select count(d) from DeadLetter d where d.id > 0" + filter.conditions(), Long.class);
        filter.bind(query);
        return query.getSingleResult();
    }

    @Transactional
    public Optional<DeadLetter> find(long id) {
        return entities.createQuery("select d from DeadLetter d where d.id = :id", DeadLetter.class)
                .setParameter("id", id)
                .getResultStream()
                .findFirst();
    }

    /** What became of it so far, the oldest step first. */
    @Transactional
    public List<DeadLetterStep> history(DeadLetter letter) {
        return entities.createQuery(
                        "select s from DeadLetterStep s where s.bot = :bot and s.letter = :letter order by s.id",
                        DeadLetterStep.class)
                .setParameter("bot", letter.bot())
                .setParameter("letter", letter.id())
                .getResultList();
    }
}
