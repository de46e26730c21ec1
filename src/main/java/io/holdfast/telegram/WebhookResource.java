package io.holdfast.telegram;

import io.holdfast.channel.InboundUpdate;
import io.holdfast.channel.UnreadableUpdateException;
import io.holdfast.fleet.Bots;
import io.holdfast.fleet.RoutedBot;
import io.holdfast.inbox.AcceptOutcome;
import io.holdfast.inbox.Inbox;
import io.holdfast.inbox.NewUpdate;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Where Telegram delivers: acknowledges an update with an empty 200 after it is committed, never before.
 *
 * <p>Route and secret are checked before the body is read; an unknown route and a wrong secret are answered alike, with an
 * empty 404. With the right secret the answer is 200 or 503 with Retry-After (in seconds), whatever happens, and never has
 * a body, since Telegram would execute one. What cannot be an update is parked and acknowledged: Telegram would send it
 * for a day and hold up its chat. Blocks the request's thread until the commit; opens no transaction.
 */
@Path("{route}")
@ApplicationScoped
public class WebhookResource {
    private static final Logger LOG = System.getLogger(WebhookResource.class.getName());
    private static final Duration STARTING = Duration.ofSeconds(2);
    private static final Duration TROUBLE = Duration.ofSeconds(2);

    @Inject
    Startup startup;

    @Inject
    Bots bots;

    @Inject
    Inbox inbox;

    @Inject
    TelegramParser parser;

    @Inject
    InstantSource clock;

    @Inject
    TelegramConfig config;

    private final DeliveryRate rate = new DeliveryRate();

    @POST
    public Response receive(@PathParam("route") String route, @Context HttpServletRequest request) {
        return receive(WebhookRequest.of(route, WebhookHeaders.asItCame(request)))
                .toResponse();
    }

    WebhookAnswer receive(WebhookRequest request) {
        if (!startup.accepting()) {
            return WebhookAnswer.again(STARTING);
        }
        Optional<RoutedBot> routed;
        try {
            routed = bots.routed(request.route());
        } catch (HoldfastException e) {
            return WebhookAnswer.again(TROUBLE);
        }
        if (!WebhookSecret.matches(request.secret(), routed)) {
            return WebhookAnswer.UNKNOWN;
        }
        return routed.map(bot -> takeWithinRate(bot.bot(), request)).orElse(WebhookAnswer.UNKNOWN);
    }

    private WebhookAnswer takeWithinRate(BotId bot, WebhookRequest request) {
        Instant now = clock.instant();
        Duration wait = rate.waitAt(now, bot, config.webhooksPerMinute);
        if (!wait.isZero()) {
            return WebhookAnswer.again(wait);
        }
        WebhookAnswer answer = take(bot, request);
        if (!answer.equals(WebhookAnswer.ACKNOWLEDGED)) {
            rate.forget(now, bot);
        }
        return answer;
    }

    private WebhookAnswer take(BotId bot, WebhookRequest request) {
        try {
            return answer(
                    switch (WebhookBody.read(request.body().open(), request.contentEncoding())) {
                        case WebhookBody.Whole whole -> accept(bot, whole.bytes(), request);
                        case WebhookBody.Refused refused -> park(bot, refused, request);
                    });
        } catch (IOException e) {
            return WebhookAnswer.again(TROUBLE);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A delivery to bot " + bot + " failed; Telegram sends it again", e);
            return WebhookAnswer.again(TROUBLE);
        }
    }

    private AcceptOutcome accept(BotId bot, byte[] bytes, WebhookRequest request) {
        InboundUpdate update;
        try {
            update = parser.parse(bot, bytes, clock.instant());
        } catch (UnreadableUpdateException e) {
            return park(bot, WebhookBody.Refused.of(String.valueOf(e.getMessage()), bytes), request);
        }
        return inbox.accept(new NewUpdate(update, bytes));
    }

    private AcceptOutcome park(BotId bot, WebhookBody.Refused refused, WebhookRequest request) {
        LOG.log(Level.WARNING, "A delivery to bot {0} is parked: {1}", bot, refused.reason());
        return inbox.park(bot, refused.reason(), request.headers().get(), refused.firstBytes(), refused.size());
    }

    private static WebhookAnswer answer(AcceptOutcome outcome) {
        return switch (outcome) {
            case AcceptOutcome.Stored stored -> WebhookAnswer.ACKNOWLEDGED;
            case AcceptOutcome.Unavailable unavailable -> WebhookAnswer.again(unavailable.retryAfter());
        };
    }
}
