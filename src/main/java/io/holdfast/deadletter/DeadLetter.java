package io.holdfast.deadletter;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Parked work, for people to look at: a row of the table dead_letter, without its payload. */
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

    @Column(name = "queue", updatable = false)
    private String queue;

    @Column(name = "ref", updatable = false)
    private @Nullable Long ref;

    @Column(name = "priority", updatable = false)
    private String priority;

    @Column(name = "owner", updatable = false)
    private String owner;

    @Column(name = "reason", updatable = false)
    private String reason;

    @Column(name = "detail", updatable = false)
    private @Nullable String detail;

    @Column(name = "payload_size", updatable = false)
    private @Nullable Long payloadSize;

    @Column(name = "parked_at", updatable = false)
    private Instant parkedAt;

    /** For JPA. */
    protected DeadLetter() {}

    public long bot() {
        return bot;
    }

    public long id() {
        return id;
    }

    /** The queue that it was taken from. */
    public String queue() {
        return queue;
    }

    /** Its row in that queue, where it has one. */
    public @Nullable Long ref() {
        return ref;
    }

    public String priority() {
        return priority;
    }

    public String owner() {
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
}
