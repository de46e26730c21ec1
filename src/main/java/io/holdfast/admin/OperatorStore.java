package io.holdfast.admin;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** The rows of operators, their tokens and the bootstrap; each method is one transaction. */
@ApplicationScoped
class OperatorStore {
    private static final Duration FIRST_TOKEN = Duration.ofHours(1);

    @PersistenceContext(unitName = "holdfast")
    private EntityManager entities;

    @Inject
    private InstantSource clock;

    @Transactional
    Optional<String> holder(byte[] tokenHash) {
        return entities.createQuery(
                        "select o.username from ApiToken t join Operator o on o.id = t.operator"
                                + " where t.hash = :hash and t.expiresAt > :now",
                        String.class)
                .setParameter("hash", tokenHash)
                .setParameter("now", clock.instant())
                .getResultStream()
                .findFirst();
    }

    @Transactional
    Optional<BootstrapEntry> bootstrap() {
        return Optional.ofNullable(entities.find(BootstrapEntry.class, true));
    }

    /**
     * Stores the hash unless there is one already, and runs the work before the commit: a second node waits here, and finds
     * the row.
     */
    @Transactional
    void initialise(byte[] secretHash, Runnable work) {
        int inserted = entities.createNativeQuery(
                        "insert into bootstrap (secret_hash) values (:hash) on conflict do nothing")
                .setParameter("hash", secretHash)
                .executeUpdate();
        if (inserted == 1) {
            work.run();
        }
    }

    /** Spends the secret for the first operator and its token; false when somebody was faster. */
    @Transactional
    boolean begin(String username, String passwordHash, byte[] tokenHash) {
        int spent = entities.createQuery("update BootstrapEntry b set b.usedAt = :now where b.usedAt is null")
                .setParameter("now", clock.instant())
                .executeUpdate();
        if (spent == 0) {
            return false;
        }
        UUID id = UUID.randomUUID();
        entities.persist(new Operator(id, username, passwordHash));
        entities.flush();
        entities.persist(new ApiToken(tokenHash, id, clock.instant().plus(FIRST_TOKEN)));
        return true;
    }
}
