package io.holdfast.setting;

/** Who decides how fast a bot sends. */
public enum Pacing {
    /** Our limits per chat, group and bot. */
    DEFAULT,
    /** Only what the platform's answers say. */
    PLATFORM
}
