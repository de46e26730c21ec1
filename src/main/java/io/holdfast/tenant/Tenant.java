package io.holdfast.tenant;

import io.holdfast.kernel.TenantId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Somebody who owns bots: a row of the table tenant. */
@Entity
@Table(name = "tenant")
public class Tenant {

    @Id
    @Column(name = "tenant_id")
    private UUID id;

    @Column(name = "name")
    private String name;

    @Column(name = "created_at", insertable = false, updatable = false)
    private @Nullable Instant createdAt;

    /** For JPA. */
    protected Tenant() {}

    public TenantId id() {
        return new TenantId(id);
    }

    public String name() {
        return name;
    }

    public @Nullable Instant createdAt() {
        return createdAt;
    }
}
