package io.holdfast.lane;

import io.holdfast.outbox.MessageClass;

/** What goes before what on this node: nothing of a band is sent while an earlier band has something that may be sent. */
enum Band {
    /** Answers to the channel itself; bound by pauses, not by the limits per chat. */
    CONTROL,
    /** What people wait for. */
    TALK,
    /** To many. */
    BULK;

    static Band of(MessageClass messageClass) {
        return switch (messageClass) {
            case CONTROL -> CONTROL;
            case REPLY, PROGRESS, NOTIFICATION -> TALK;
            case BULK -> BULK;
        };
    }
}
