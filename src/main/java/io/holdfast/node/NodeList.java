package io.holdfast.node;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All nodes of the installation, for people to look at. */
@ApplicationScoped
public class NodeList {

    /** A node, whether its lease held when the database was asked, and how many bots live on it. */
    public record Listed(NodeEntry node, boolean alive, long bots) {}

    @PersistenceContext(unitName = "holdfast")
    private EntityManager entities;

    /** In the order of their names. */
    @Transactional
    public List<Listed> all() {
        Map<String, Long> bots = bots();
        return entities
                .createQuery(
                        "select n, case when n.leaseUntil > instant then true else false end from NodeEntry n order by n.id",
                        Object[].class)
                .getResultList()
                .stream()
                .map(row -> listed((NodeEntry) row[0], (Boolean) row[1], bots))
                .toList();
    }

    private static Listed listed(NodeEntry node, boolean alive, Map<String, Long> bots) {
        return new Listed(node, alive, bots.getOrDefault(node.id(), 0L));
    }

    private Map<String, Long> bots() {
        Map<String, Long> counts = new HashMap<>();
        List<?> rows = entities.createNativeQuery(
                        "select node_id, count(*) from bot_lease where node_id is not null group by node_id",
                        Object[].class)
                .getResultList();
        for (Object row : rows) {
            Object[] columns = (Object[]) row;
            counts.put((String) columns[0], ((Number) columns[1]).longValue());
        }
        return counts;
    }
}
