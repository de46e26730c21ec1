package io.holdfast.deadletter;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Parked work, for people to look at: a row of the table dead_letter, without its payload. Only the engine's statements write it. */
@Entity
@Table(name = "dead_letter")
@IdClass(DeadLetter.Key.class)
public class DeadLetter {

    /** Which dead letter of which bot. */
    public record Key(long bot, long id) implements Serializable {}

    @Id
    @Column(name = "bot_id", updatable = false)
    private long bot;

    @Id
    @Column(name = "dead_letter_id", updatable = false)
    private long id;

    @Enumerated(EnumType.STRING)
    @Column(name = "queue", updatable = false)
    private ParkedWork.Queue queue;

    @Column(name = "ref", updatable = false)
    private @Nullable Long ref;

    @Enumerated(EnumType.STRING)
    @Column(name = "priority", updatable = false)
    private ParkedWork.Priority priority;

    @Enumerated(EnumType.STRING)
    @Column(name = "owner", updatable = false)
    private ParkedWork.Owner owner;

    @Column(name = "reason", updatable = false)
    private String reason;

    @Column(name = "detail", updatable = false)
    private @Nullable String detail;

    @Column(name = "payload_size", updatable = false)
    private @Nullable Long payloadSize;

    @Column(name = "parked_at", updatable = false)
    private Instant parkedAt;

    @Column(name = "tenant_id", updatable = false)
    private @Nullable UUID tenant;

    @Enumerated(EnumType.STRING)
    @Column(name = "state", updatable = false)
    private DeadLetterState state;

    @Column(name = "triage_at", updatable = false)
    private @Nullable Instant triageAt;

    @Column(name = "due_at", updatable = false)
    private @Nullable Instant dueAt;

    @Column(name = "alerted_at", updatable = false)
    private @Nullable Instant alertedAt;

    @Column(name = "closed_at", updatable = false)
    private @Nullable Instant closedAt;

    @Column(name = "replays", updatable = false)
    private int replays;

    /** For JPA. */
    protected DeadLetter() {}

    public long bot() {
        return bot;
    }

    public long id() {
        return id;
    }

    /** The queue that it was taken from. */
    public ParkedWork.Queue queue() {
        return queue;
    }

    /** Its row in that queue, where it has one. */
    public @Nullable Long ref() {
        return ref;
    }

    public ParkedWork.Priority priority() {
        return priority;
    }

    public ParkedWork.Owner owner() {
        return owner;
    }

    public String reason() {
        return reason;
    }

    public @Nullable String detail() {
        return detail;
    }

    /** In bytes. */
    public @Nullable Long payloadSize() {
        return payloadSize;
    }

    public Instant parkedAt() {
        return parkedAt;
    }

    /** Whose the bot was then; null when it was deleted already. */
    public @Nullable UUID tenant() {
        return tenant;
    }

    public DeadLetterState state() {
        return state;
    }

    /** Until when somebody should have looked at it. */
    public @Nullable Instant triageAt() {
        return triageAt;
    }

    /** Until when it should be mended. */
    public @Nullable Instant dueAt() {
        return dueAt;
    }

    /** When somebody was last told of it. */
    public @Nullable Instant alertedAt() {
        return alertedAt;
    }

    /** When it was replayed or discarded. */
    public @Nullable Instant closedAt() {
        return closedAt;
    }

    /** How often it was replayed: more than none says that its work is out of order. */
    public int replays() {
        return replays;
    }
}
