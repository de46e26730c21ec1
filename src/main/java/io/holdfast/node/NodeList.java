package io.holdfast.node;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;

/** All nodes of the installation, for people to look at. */
@ApplicationScoped
public class NodeList {

    /** A node, and whether its lease held when the database was asked. */
    public record Listed(NodeEntry node, boolean alive) {}

    @PersistenceContext(unitName = "holdfast")
    private EntityManager entities;

    /** In the order of their names. */
    @Transactional
    public List<Listed> all() {
        return entities
                .createQuery(
                        "select n, case when n.leaseUntil > instant then true else false end from NodeEntry n order by n.id",
                        Object[].class)
                .getResultList()
                .stream()
                .map(row -> new Listed((NodeEntry) row[0], (Boolean) row[1]))
                .toList();
    }
}
