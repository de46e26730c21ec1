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
import org.jspecify.annotations.Nullable;

/** One step in the life of a dead letter: a row of the table dead_letter_step. */
@Entity
@Table(name = "dead_letter_step")
@IdClass(DeadLetterStep.Key.class)
public class DeadLetterStep {

    /** Which step of which dead letter of which bot. */
    public record Key(long bot, long letter, long id) implements Serializable {}

    @Id
    @Column(name = "bot_id", updatable = false)
    private long bot;

    @Id
    @Column(name = "dead_letter_id", updatable = false)
    private long letter;

    @Id
    @Column(name = "step_id", updatable = false)
    private long id;

    @Enumerated(EnumType.STRING)
    @Column(name = "state", updatable = false)
    private DeadLetterState state;

    @Column(name = "operator", updatable = false)
    private @Nullable String operator;

    @Column(name = "reason", updatable = false)
    private @Nullable String reason;

    @Column(name = "happened_at", updatable = false)
    private Instant happenedAt;

    /** For JPA. */
    protected DeadLetterStep() {}

    /** The state that it reached. */
    public DeadLetterState state() {
        return state;
    }

    /** Who did it; null for the server itself. */
    public @Nullable String operator() {
        return operator;
    }

    public @Nullable String reason() {
        return reason;
    }

    public Instant happenedAt() {
        return happenedAt;
    }
}
