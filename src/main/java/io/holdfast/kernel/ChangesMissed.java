package io.holdfast.kernel;

/**
 * Nobody knows what was changed since this node looked last: whatever is kept in memory has to be read again. Fired at the start, and
 * when the node was away for longer than {@link Changed} things are remembered; observed like those.
 */
public record ChangesMissed() {}
