package io.holdfast.database;

import io.holdfast.kernel.Mishap;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.sql.Connection;
import org.hibernate.Session;

/**
 * The one way to PostgreSQL inside a JTA transaction: the connection of the persistence unit's session.
 *
 * <p>A second data source in the same transaction would be a second resource, which a one-phase transaction refuses.
 */
@ApplicationScoped
public class TurnDatabase {

    @PersistenceContext(unitName = "holdfast")
    private EntityManager entities;

    /** Runs the work on the connection of the current transaction; a JDBC failure comes out with its category. */
    public <T> T run(EngineDatabase.Work<T> work) {
        return entities.unwrap(Session.class).doReturningWork((Connection connection) -> {
            try {
                Mishap.STORE.perhaps();
                return work.on(connection);
            } catch (java.sql.SQLException e) {
                throw EngineDatabase.failed(e);
            }
        });
    }
}
