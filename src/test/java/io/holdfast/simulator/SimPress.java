package io.holdfast.simulator;

/**
 * One press of a button.
 *
 * @param updateId the update it made, 0 when the bot does not ask for callback queries
 * @param queryId the callback query's id, the same in every repetition
 * @param bot who was asked
 * @param chat where the message stands
 * @param user who pressed
 * @param message the message with the button
 * @param data what the button carries
 */
public record SimPress(
        long updateId, String queryId, SimBot bot, SimChat chat, SimUser user, SimMessage message, String data) {}
