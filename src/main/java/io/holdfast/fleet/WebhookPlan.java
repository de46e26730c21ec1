package io.holdfast.fleet;

import io.holdfast.channel.BotApi;
import io.holdfast.channel.BotApi.Answer;
import io.holdfast.channel.BotToken;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.Optional;

/** Where the updates of bots have to go, and the calls that send them there; never called inside a transaction. */
@ApplicationScoped
class WebhookPlan {

    @Inject
    private FleetConfig config;

    @Inject
    private BotApi api;

    Intake intake() {
        return config.publicUrl().isPresent() ? Intake.WEBHOOK : Intake.POLLING;
    }

    Optional<String> base() {
        return config.publicUrl();
    }

    /** True of an address that is set and not one of ours. */
    boolean foreign(String url) {
        return !url.isEmpty()
                && config.publicUrl()
                        .filter(base -> url.startsWith(base + "/telegram/"))
                        .isEmpty();
    }

    /** The host of an address for people, or a word where it has none. */
    static String host(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null ? "unknown" : host;
        } catch (IllegalArgumentException e) {
            return "unknown";
        }
    }

    Direction direct(BotToken token, String route, String secret, boolean webhookSet) {
        Optional<String> base = config.publicUrl();
        if (base.isPresent()) {
            Answer<Boolean> answer = api.setWebhook(token, base.get() + "/telegram/" + route, secret);
            return direction("setWebhook", answer, new Direction.Done(Intake.WEBHOOK, base.get()));
        }
        Direction polling = new Direction.Done(Intake.POLLING, null);
        return webhookSet ? direction("deleteWebhook", api.deleteWebhook(token), polling) : polling;
    }

    /** Telegram forgets our address where it can be told; a bot that is deleted here is not worth more trouble. */
    Answer<Boolean> leave(BotToken token) {
        return api.deleteWebhook(token);
    }

    private static Direction direction(String call, Answer<Boolean> answer, Direction done) {
        return switch (answer) {
            case Answer.Success<Boolean> success -> done;
            case Answer.Refused<Boolean> refused ->
                new Direction.NotDone(
                        refused.code() == 429 || refused.code() >= 500,
                        "Telegram refused %s with %d: %s".formatted(call, refused.code(), refused.description()));
            case Answer.Unreachable<Boolean> unreachable ->
                new Direction.NotDone(
                        true,
                        "%s got no answer from Telegram (%s)"
                                .formatted(call, unreachable.timeout() ? "timeout" : "connection"));
        };
    }
}
