package io.holdfast.channel;

/**
 * Makes one call to the channel and says how it ended; never throws for what a network or a server can do.
 *
 * <p>Blocks the calling thread for at most the call deadline. Called on many threads at once. Not called inside a
 * transaction.
 */
public interface ChannelSender {
    SendOutcome send(OutboundCall call);
}
