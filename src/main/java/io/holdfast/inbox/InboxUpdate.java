package io.holdfast.inbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An accepted update, for people to look at: a row of the table inbox_update. Only the engine's statements write it. */
@Entity
@Table(name = "inbox_update")
@IdClass(InboxUpdate.Key.class)
public class InboxUpdate {

    /** Which update of which bot. */
    public record Key(long bot, long id) implements Serializable {}

    @Id
    @Column(name = "bot_id", updatable = false)
    private long bot;

    @Id
    @Column(name = "inbox_id", updatable = false)
    private long id;

    @Column(name = "channel", updatable = false)
    private String channel;

    @Column(name = "external_id", updatable = false)
    private String externalId;

    @Column(name = "kind", updatable = false)
    private String kind;

    @Column(name = "chat_id", updatable = false)
    private @Nullable Long chat;

    @Column(name = "user_id", updatable = false)
    private @Nullable Long user;

    @Column(name = "state", updatable = false)
    private String state;

    @Column(name = "attempts", updatable = false)
    private short attempts;

    @Column(name = "reason", updatable = false)
    private @Nullable String reason;

    @Column(name = "accepted_at", updatable = false)
    private Instant acceptedAt;

    @Column(name = "expires_at", updatable = false)
    private Instant expiresAt;

    @Column(name = "finished_at", updatable = false)
    private @Nullable Instant finishedAt;

    /** For JPA. */
    protected InboxUpdate() {}

    public long bot() {
        return bot;
    }

    public long id() {
        return id;
    }

    public String channel() {
        return channel;
    }

    public String externalId() {
        return externalId;
    }

    public String kind() {
        return kind;
    }

    public @Nullable Long chat() {
        return chat;
    }

    public @Nullable Long user() {
        return user;
    }

    public String state() {
        return state;
    }

    public int attempts() {
        return attempts;
    }

    public @Nullable String reason() {
        return reason;
    }

    public Instant acceptedAt() {
        return acceptedAt;
    }

    public Instant expiresAt() {
        return expiresAt;
    }

    public @Nullable Instant finishedAt() {
        return finishedAt;
    }
}
