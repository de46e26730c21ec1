package io.holdfast.simulator;

/** One update that waits for its acknowledgement. */
final class PendingUpdate {

    /** Updates with the same key go out one after another: kind is c for chat, u for user, o for own. */
    record LaneKey(char kind, long id) {}

    private final long id;
    private final LaneKey lane;
    private final long chatId;
    private final byte[] body;
    private final long expiresAt;
    private int attempts;

    PendingUpdate(long id, LaneKey lane, long chatId, byte[] body, long expiresAt) {
        this.id = id;
        this.lane = lane;
        this.chatId = chatId;
        this.body = body;
        this.expiresAt = expiresAt;
    }

    long id() {
        return id;
    }

    LaneKey lane() {
        return lane;
    }

    long chatId() {
        return chatId;
    }

    byte[] body() {
        return body;
    }

    boolean isExpired(long now) {
        return now - expiresAt >= 0;
    }

    long expiresAt() {
        return expiresAt;
    }

    int attempts() {
        return attempts;
    }

    /** Only the worker that holds the lane counts; lanes change hands under the queue's lock. */
    void nextAttempt() {
        attempts++;
    }
}
