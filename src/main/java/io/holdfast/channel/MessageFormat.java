package io.holdfast.channel;

import java.util.List;
import java.util.Optional;

/** Puts what is to be said into a channel's calls; pure. */
public interface MessageFormat {

    /** One call: the channel's name of it, and its parameters as JSON in UTF-8. */
    record Call(String method, byte[] payload) {}

    /** The channel whose calls these are. */
    String channel();

    /** The calls that deliver the message, in order: one for each part. */
    List<Call> message(OutboundMessage message);

    /** Ends the waiting state of a pressed button. */
    Call acknowledge(String callbackId);

    /** The parameters of the same call to another chat; empty where the call names no chat. */
    Optional<byte[]> redirected(byte[] parameters, long toChat);

    /** Shows for some seconds that an answer is being made. */
    Call typing(long chatId);
}
