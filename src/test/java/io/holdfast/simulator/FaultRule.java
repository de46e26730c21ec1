package io.holdfast.simulator;

/**
 * When a fault strikes: every condition must hold; the first rule that matches a call is played.
 *
 * @param fault what happens
 * @param botId the bot, 0 for any
 * @param method the method, empty for any
 * @param chatId the chat, 0 for any
 * @param times how often, 0 for always
 * @param probability chance per matching call, from the simulator's seed
 */
public record FaultRule(Fault fault, long botId, String method, long chatId, int times, double probability) {

    public FaultRule {
        if (times < 0 || !(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("times must not be negative, probability must be above 0 and at most 1");
        }
    }

    /** Strikes every call, or every delivery, until it is removed. */
    public static FaultRule always(Fault fault) {
        return new FaultRule(fault, 0, "", 0, 0, 1);
    }

    public FaultRule onBot(SimBot bot) {
        return new FaultRule(fault, bot.id(), method, chatId, times, probability);
    }

    public FaultRule onMethod(String value) {
        return new FaultRule(fault, botId, value, chatId, times, probability);
    }

    public FaultRule onChat(SimChat chat) {
        return new FaultRule(fault, botId, method, chat.id(), times, probability);
    }

    public FaultRule times(int value) {
        return new FaultRule(fault, botId, method, chatId, value, probability);
    }

    public FaultRule withProbability(double value) {
        return new FaultRule(fault, botId, method, chatId, times, value);
    }

    boolean concerns(boolean delivery, long callBot, String callMethod, long callChat) {
        return fault.kind().isOfDeliveries() == delivery
                && (botId == 0 || botId == callBot)
                && (method.isEmpty() || method.equalsIgnoreCase(callMethod))
                && (chatId == 0 || chatId == callChat);
    }
}
