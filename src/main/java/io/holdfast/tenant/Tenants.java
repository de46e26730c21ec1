package io.holdfast.tenant;

import io.holdfast.kernel.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Optional;
import java.util.UUID;

/** The tenants of this installation; each method is one transaction or joins the caller's. */
@ApplicationScoped
public class Tenants {

    @PersistenceContext(unitName = "holdfast")
    private EntityManager entities;

    /** Stores a tenant under a new random id; empty when the name is taken. */
    @Transactional
    public Optional<TenantId> create(String name) {
        TenantId id = new TenantId(UUID.randomUUID());
        int inserted = entities.createNativeQuery(
                        "insert into tenant (tenant_id, name) values (:id, :name) on conflict (name) do nothing")
                .setParameter("id", id.value())
                .setParameter("name", name)
                .executeUpdate();
        return inserted == 1 ? Optional.of(id) : Optional.empty();
    }

    @Transactional
    public Optional<Tenant> find(TenantId tenant) {
        return Optional.ofNullable(entities.find(Tenant.class, tenant.value()));
    }
}
