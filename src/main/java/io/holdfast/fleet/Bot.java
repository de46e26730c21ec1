package io.holdfast.fleet;

import io.holdfast.kernel.BotId;
import io.holdfast.kernel.TenantId;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A registered bot: a row of the table bot. Changed only by this feature; others read. */
@Entity
@Table(name = "bot")
public class Bot {

    @Id
    @Column(name = "bot_id")
    private long id;

    @Column(name = "tenant_id")
    private UUID tenant;

    @Column(name = "name")
    private String name;

    @Column(name = "username")
    private String username;

    @Enumerated(EnumType.STRING)
    @Column(name = "access")
    private Access access;

    @Enumerated(EnumType.STRING)
    @Column(name = "state")
    private BotState state;

    @Column(name = "state_reason")
    private @Nullable String stateReason;

    @Enumerated(EnumType.STRING)
    @Column(name = "intake")
    private Intake intake;

    @Column(name = "token_cipher")
    private byte[] tokenCipher;

    @Column(name = "route")
    private String route;

    @Column(name = "webhook_secret_hash")
    private byte[] webhookSecretHash;

    @Column(name = "webhook_base")
    private @Nullable String webhookBase;

    @Column(name = "created_at", insertable = false, updatable = false)
    private @Nullable Instant createdAt;

    /** For JPA. */
    protected Bot() {}

    public BotId id() {
        return new BotId(id);
    }

    public TenantId tenant() {
        return new TenantId(tenant);
    }

    /** What its owner calls it. */
    public String name() {
        return name;
    }

    /** Telegram's name of it, without the at sign. */
    public String username() {
        return username;
    }

    public Access access() {
        return access;
    }

    public BotState state() {
        return state;
    }

    /** Why it is in its state, where the state alone does not say. */
    public Optional<String> stateReason() {
        return Optional.ofNullable(stateReason);
    }

    public Intake intake() {
        return intake;
    }

    /** The public address under which its webhook was last set; empty when it is polled or was never directed here. */
    public Optional<String> webhookBase() {
        return Optional.ofNullable(webhookBase);
    }

    public @Nullable Instant createdAt() {
        return createdAt;
    }

    byte[] tokenCipher() {
        return tokenCipher;
    }

    String route() {
        return route;
    }

    void become(BotState next, @Nullable String reason) {
        state = state.become(next);
        stateReason = reason;
    }

    void directed(Intake toIntake, @Nullable String toBase) {
        intake = toIntake;
        webhookBase = toBase;
    }

    void expectSecret(byte[] hash) {
        webhookSecretHash = hash.clone();
    }

    @Override
    public String toString() {
        return "Bot[" + id + "]";
    }
}
