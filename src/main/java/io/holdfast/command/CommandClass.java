package io.holdfast.command;

/** What a command is for, by which it gets its threads. */
public enum CommandClass {
    /** Watches and ends what runs; never waits for it. */
    CONTROL,
    /** Answers what somebody asked; one after another in each chat. */
    INTERACTIVE
}
