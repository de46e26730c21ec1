package io.holdfast.admin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;

/** What lets an operator in: a row of the table api_token, which holds only the hash of the token. */
@Entity
@Table(name = "api_token")
class ApiToken {

    @Id
    @Column(name = "token_hash")
    private byte[] hash;

    @Column(name = "operator_id")
    private UUID operator;

    @Column(name = "expires_at")
    private Instant expiresAt;

    /** For JPA. */
    protected ApiToken() {}

    ApiToken(byte[] hash, UUID operator, Instant expiresAt) {
        this.hash = hash.clone();
        this.operator = operator;
        this.expiresAt = expiresAt;
    }
}
