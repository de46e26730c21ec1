package io.holdfast.admin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The hash of the one-time secret, and whether it was spent: the only row of the table bootstrap. */
@Entity
@Table(name = "bootstrap")
class BootstrapEntry {

    @Id
    @Column(name = "only_row")
    private boolean onlyRow = true;

    @Column(name = "secret_hash")
    private byte[] secretHash;

    @Column(name = "used_at")
    private @Nullable Instant usedAt;

    /** For JPA. */
    protected BootstrapEntry() {}

    byte[] secretHash() {
        return secretHash.clone();
    }

    boolean used() {
        return usedAt != null;
    }
}
