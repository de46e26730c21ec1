package io.holdfast.outbox;

import java.time.Duration;

/** What a message is for: order is kept within (chat, class), and each class has its own deadline and delivery mode. */
public enum MessageClass {
    /** Answers to Telegram itself, such as the acknowledgement of a pressed button. */
    CONTROL(Duration.ofMinutes(10), true),
    /** The answer to what somebody wrote. */
    REPLY(Duration.ofMinutes(10), true),
    /** Progress of long work; a later one replaces an earlier one. */
    PROGRESS(Duration.ofMinutes(10), true),
    /** What the bot says by itself, such as a reminder. */
    NOTIFICATION(Duration.ofDays(1), true),
    /** To many; a copy too many is worse than one too few. */
    BULK(Duration.ofDays(2), false);

    private final Duration deadline;
    private final boolean atLeastOnce;

    MessageClass(Duration deadline, boolean atLeastOnce) {
        this.deadline = deadline;
        this.atLeastOnce = atLeastOnce;
    }

    /** How long after it was due the message is still worth sending. */
    public Duration deadline() {
        return deadline;
    }

    /** True: an uncertain send is repeated once. False: it is not. */
    public boolean atLeastOnce() {
        return atLeastOnce;
    }
}
