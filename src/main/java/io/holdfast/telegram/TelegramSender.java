package io.holdfast.telegram;

import io.holdfast.channel.BotApi;
import io.holdfast.channel.BotToken;
import io.holdfast.channel.ChannelSender;
import io.holdfast.channel.OutboundCall;
import io.holdfast.channel.OutcomeClass;
import io.holdfast.channel.SendOutcome;
import io.holdfast.fleet.Bots;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.Mishap;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;

/**
 * Sends one message part to Telegram and says how it ended; the parameters go out as they were stored.
 *
 * <p>Makes one HTTP call, and a second one only to ask about the token: 404 is what Telegram says of a token that it never
 * gave out and of a method that it does not have. No reason that it gives holds a token.
 */
@ApplicationScoped
class TelegramSender implements ChannelSender {

    @Inject
    Bots bots;

    @Inject
    TelegramCalls calls;

    @Inject
    BotApi api;

    @Inject
    SecureRandom jitter;

    @Override
    public SendOutcome send(OutboundCall call) {
        BotToken token;
        try {
            Mishap.SENDER.perhaps();
            token = bots.token(call.bot());
        } catch (HoldfastException e) {
            return withoutToken(call, e);
        }
        ApiAnswer answer = calls.call(token, call.method(), call.payload());
        Mishap.SENDER.perhaps();
        SendOutcome outcome = SendClassifier.classify(call, answer, jitter);
        return outcome instanceof SendOutcome.SuspendBot suspend
                        && suspend.reason().startsWith("404")
                ? tokenOrMethod(call, token, suspend)
                : outcome;
    }

    private SendOutcome tokenOrMethod(OutboundCall call, BotToken token, SendOutcome.SuspendBot suspend) {
        return switch (api.getMe(token)) {
            case BotApi.Answer.Success<BotApi.Identity> me ->
                new SendOutcome.Parked(OutcomeClass.PERMANENT, suspend.reason() + ": " + call.method());
            case BotApi.Answer.Refused<BotApi.Identity> refused -> suspend;
            case BotApi.Answer.Unreachable<BotApi.Identity> unreachable ->
                new SendOutcome.RetryAt(
                        OutcomeClass.NOT_SENT, SendClassifier.backoff(call.attempt(), jitter), true, suspend.reason());
        };
    }

    private SendOutcome withoutToken(OutboundCall call, HoldfastException e) {
        String reason = "no token for the bot (" + e.category() + ")";
        return e.category().retryable()
                ? new SendOutcome.RetryAt(
                        OutcomeClass.NOT_SENT,
                        SendClassifier.backoff(call.attempt(), jitter),
                        !e.category().freeOfCharge(),
                        reason)
                : new SendOutcome.SuspendBot(reason);
    }
}
