package io.holdfast.fleet;

/** How a bot's updates come in. */
public enum Intake {
    /** Telegram posts them to our public address. */
    WEBHOOK,
    /** We ask for them: there is no public address. */
    POLLING
}
