package io.holdfast.kernel;

/** Telegram's own number of a bot: the digits before the colon of its token; unique on the platform. */
public record BotId(long value) implements Comparable<BotId> {
    public BotId {
        if (value <= 0) {
            throw new IllegalArgumentException("A bot id is a positive number, not " + value);
        }
    }

    @Override
    public int compareTo(BotId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
