package io.holdfast.node;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A node that runs or has run: a row of the table node. Only the node itself writes it. */
@Entity
@Table(name = "node")
public class NodeEntry {

    @Id
    @Column(name = "node_id", updatable = false)
    private String id;

    @Column(name = "incarnation", updatable = false)
    private UUID incarnation;

    @Column(name = "url", updatable = false)
    private String url;

    @Column(name = "started_at", updatable = false)
    private Instant startedAt;

    @Column(name = "lease_until", updatable = false)
    private Instant leaseUntil;

    @Column(name = "stopped_at", updatable = false)
    private @Nullable Instant stoppedAt;

    @Column(name = "takes_bots", updatable = false)
    private boolean takesBots;

    /** For JPA. */
    protected NodeEntry() {}

    public String id() {
        return id;
    }

    /** Differs with each start of the node. */
    public UUID incarnation() {
        return incarnation;
    }

    public String url() {
        return url;
    }

    public Instant startedAt() {
        return startedAt;
    }

    /** By the database's clock. */
    public Instant leaseUntil() {
        return leaseUntil;
    }

    /** When it last stopped in order; null while it runs or after it died. */
    public @Nullable Instant stoppedAt() {
        return stoppedAt;
    }

    /** False while it starts or stops. */
    public boolean takesBots() {
        return takesBots;
    }
}
