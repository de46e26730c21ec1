package io.holdfast.command;

/** For commands without arguments; what is written after such a command is ignored. */
public record NoArgs() {}
