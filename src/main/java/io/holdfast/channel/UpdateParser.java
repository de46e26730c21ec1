package io.holdfast.channel;

import io.holdfast.kernel.BotId;
import java.time.Instant;

/** Reads stored raw bytes back into the update they were; the reverse of what a channel's entry did when it accepted them. */
public interface UpdateParser {

    /** The channel whose bytes this parser reads, as in {@link InboundUpdate#channel()}. */
    String channel();

    /** True for the kinds of updates that the channel's documentation names: only these become labels of metrics. */
    boolean knows(String kind);

    /**
     * Reads one update.
     *
     * @param acceptedAt used where the update has no date of its own
     * @throws UnreadableUpdateException when the bytes are not an update; the message says why and quotes nothing
     */
    InboundUpdate parse(BotId bot, byte[] payload, Instant acceptedAt) throws UnreadableUpdateException;
}
