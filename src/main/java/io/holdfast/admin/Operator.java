package io.holdfast.admin;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/** A person who runs this installation: a row of the table operator. */
@Entity
@Table(name = "operator")
class Operator {

    @Id
    @Column(name = "operator_id")
    private UUID id;

    @Column(name = "username")
    private String username;

    @Column(name = "password_hash")
    private String passwordHash;

    /** For JPA. */
    protected Operator() {}

    Operator(UUID id, String username, String passwordHash) {
        this.id = id;
        this.username = username;
        this.passwordHash = passwordHash;
    }
}
