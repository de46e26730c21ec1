package io.holdfast.event;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A step that mattered, for people to look at: a row of the table event. {@link Events} writes it, nothing changes it. */
@Entity
@Table(name = "event")
@IdClass(EventEntry.Key.class)
public class EventEntry {

    /** Which event of which bot. */
    public record Key(long bot, long id) implements Serializable {}

    @Id
    @Column(name = "bot_id", updatable = false)
    private long bot;

    @Id
    @Column(name = "event_id", updatable = false)
    private long id;

    @Column(name = "kind", updatable = false)
    private String kind;

    @Column(name = "inbox_id", updatable = false)
    private @Nullable Long inbox;

    @Column(name = "outbox_id", updatable = false)
    private @Nullable Long outbox;

    @Column(name = "outcome", updatable = false)
    private String outcome;

    @Column(name = "reason", updatable = false)
    private @Nullable String reason;

    @Column(name = "incident", updatable = false)
    private @Nullable String incident;

    @Column(name = "duration_ms", updatable = false)
    private @Nullable Long durationMs;

    @Column(name = "occurred_at", updatable = false)
    private Instant occurredAt;

    /** For JPA. */
    protected EventEntry() {}

    public long id() {
        return id;
    }

    /** Null for an event of the installation. */
    public @Nullable Long bot() {
        return bot == Events.INSTALLATION ? null : bot;
    }

    public String kind() {
        return kind;
    }

    /** The update that it is about. */
    public @Nullable Long inbox() {
        return inbox;
    }

    /** The message that it is about. */
    public @Nullable Long outbox() {
        return outbox;
    }

    public String outcome() {
        return outcome;
    }

    public @Nullable String reason() {
        return reason;
    }

    public @Nullable String incident() {
        return incident;
    }

    public @Nullable Long durationMs() {
        return durationMs;
    }

    public Instant occurredAt() {
        return occurredAt;
    }
}
