package io.holdfast.node;

/** Another node says that there is something to do here; fired synchronously on the thread of its request. */
public record Nudged(String from) {}
