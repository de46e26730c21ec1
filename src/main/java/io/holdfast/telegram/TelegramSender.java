package io.holdfast.telegram;

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
 * <p>Makes at most one HTTP call. No reason that it gives holds a token.
 */
@ApplicationScoped
class TelegramSender implements ChannelSender {

    @Inject
    Bots bots;

    @Inject
    TelegramCalls calls;

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
        return SendClassifier.classify(call.method(), answer, call.attempt(), jitter);
    }

    private static SendOutcome withoutToken(OutboundCall call, HoldfastException e) {
        String reason = "no token for the bot (" + e.category() + ")";
        return e.category().retryable()
                ? new SendOutcome.RetryAt(
                        OutcomeClass.NOT_SENT,
                        SendClassifier.backoff(call.attempt()),
                        !e.category().freeOfCharge(),
                        reason)
                : new SendOutcome.SuspendBot(reason);
    }
}
