package io.holdfast.database;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/** Asks in several ways, within one transaction, which connection and which database transaction it is in. */
@ApplicationScoped
public class TurnProbe {
    static final String QUESTION = "select pg_backend_pid() || '/' || pg_current_xact_id()";

    @Inject
    private TurnDatabase database;

    @PersistenceContext(unitName = "holdfast")
    private EntityManager entities;

    @Transactional
    public List<String> answers() {
        return List.of(
                viaDatabase(),
                (String) entities.createNativeQuery(QUESTION, String.class).getSingleResult(),
                viaDatabase());
    }

    private String viaDatabase() {
        return database.run(connection -> {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(QUESTION)) {
                rows.next();
                return rows.getString(1);
            }
        });
    }
}
