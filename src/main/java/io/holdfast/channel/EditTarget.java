package io.holdfast.channel;

import org.jspecify.annotations.Nullable;

/** Knows which calls change the same thing, so that a later one makes an earlier one needless; pure. */
@FunctionalInterface
public interface EditTarget {

    /** What the call changes, in words that are equal for the same thing; null for a call that makes something new. */
    @Nullable
    String of(String method, byte[] payload);
}
