package io.holdfast.outbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A message to be sent, for people to look at: a row of the table outbox_message. Only the engine's statements write it. */
@Entity
@Table(name = "outbox_message")
@IdClass(OutboxMessage.Key.class)
public class OutboxMessage {

    /** Which message of which bot. */
    public record Key(long bot, long id) implements Serializable {}

    @Id
    @Column(name = "bot_id", updatable = false)
    private long bot;

    @Id
    @Column(name = "outbox_id", updatable = false)
    private long id;

    @Column(name = "inbox_id", updatable = false)
    private @Nullable Long inbox;

    @Column(name = "chat_id", updatable = false)
    private @Nullable Long chat;

    @Column(name = "class", updatable = false)
    private String messageClass;

    @Column(name = "method", updatable = false)
    private String method;

    @Column(name = "state", updatable = false)
    private String state;

    @Column(name = "attempts", updatable = false)
    private short attempts;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    @Column(name = "due_at", updatable = false)
    private @Nullable Instant dueAt;

    @Column(name = "sending_at", updatable = false)
    private @Nullable Instant sendingAt;

    @Column(name = "channel_message_id", updatable = false)
    private @Nullable Long channelMessageId;

    @Column(name = "deadline_at", updatable = false)
    private Instant deadlineAt;

    @Column(name = "finished_at", updatable = false)
    private @Nullable Instant finishedAt;

    @Column(name = "outcome", updatable = false)
    private @Nullable String outcome;

    @Column(name = "reason", updatable = false)
    private @Nullable String reason;

    /** For JPA. */
    protected OutboxMessage() {}

    public long bot() {
        return bot;
    }

    public long id() {
        return id;
    }

    /** The update that it answers, where it answers one. */
    public @Nullable Long inbox() {
        return inbox;
    }

    public @Nullable Long chat() {
        return chat;
    }

    public String messageClass() {
        return messageClass;
    }

    public String method() {
        return method;
    }

    public String state() {
        return state;
    }

    public int attempts() {
        return attempts;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** When it was to be sent, where not at once. */
    public @Nullable Instant dueAt() {
        return dueAt;
    }

    /** When its last call began. */
    public @Nullable Instant sendingAt() {
        return sendingAt;
    }

    /** The id under which the channel knows it. */
    public @Nullable Long channelMessageId() {
        return channelMessageId;
    }

    public Instant deadlineAt() {
        return deadlineAt;
    }

    public @Nullable Instant finishedAt() {
        return finishedAt;
    }

    public @Nullable String outcome() {
        return outcome;
    }

    public @Nullable String reason() {
        return reason;
    }
}
