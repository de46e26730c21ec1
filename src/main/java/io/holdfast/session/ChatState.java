package io.holdfast.session;

/**
 * One piece of what a chat remembers, as stored.
 *
 * @param version 0 when nothing is stored yet
 * @param body JSON in UTF-8; at most 16 KiB
 */
public record ChatState(String name, long version, byte[] body) {}
