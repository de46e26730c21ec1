package io.holdfast.deadletter;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Many dead letters replayed or discarded by one request: a row of the table dead_letter_job. Only the engine's statements write it. */
@Entity
@Table(name = "dead_letter_job")
public class DeadLetterJob {

    /** What is done with each. */
    public enum Action {
        /** Put back into its queue, a few each second. */
        REPLAY,
        /** Given up. */
        DISCARD
    }

    /** Where a job stands: RUNNING -> DONE. */
    public enum State {
        RUNNING,
        DONE
    }

    @Id
    @Column(name = "job_id", updatable = false)
    private long id;

    @Enumerated(EnumType.STRING)
    @Column(name = "action", updatable = false)
    private Action action;

    @Column(name = "operator", updatable = false)
    private String operator;

    @Column(name = "reason", updatable = false)
    private @Nullable String reason;

    @Enumerated(EnumType.STRING)
    @Column(name = "state", updatable = false)
    private State state;

    @Column(name = "total", updatable = false)
    private long total;

    @Column(name = "done", updatable = false)
    private long done;

    @Column(name = "failed", updatable = false)
    private long failed;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "finished_at", updatable = false)
    private @Nullable Instant finishedAt;

    /** For JPA. */
    protected DeadLetterJob() {}

    public long id() {
        return id;
    }

    public Action action() {
        return action;
    }

    /** Who asked for it. */
    public String operator() {
        return operator;
    }

    public @Nullable String reason() {
        return reason;
    }

    public State state() {
        return state;
    }

    /** How many dead letters there were when it was asked for. */
    public long total() {
        return total;
    }

    public long done() {
        return done;
    }

    /** Those that were closed by others meanwhile, or could not be replayed. */
    public long failed() {
        return failed;
    }

    public Instant createdAt() {
        return createdAt;
    }

    public @Nullable Instant finishedAt() {
        return finishedAt;
    }
}
