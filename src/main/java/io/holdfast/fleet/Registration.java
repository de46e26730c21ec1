package io.holdfast.fleet;

import io.holdfast.channel.BotApi;
import io.holdfast.channel.BotApi.Answer;
import io.holdfast.channel.BotToken;
import io.holdfast.fleet.RegistrationOutcome.AlreadyRegistered;
import io.holdfast.fleet.RegistrationOutcome.ForeignWebhook;
import io.holdfast.fleet.RegistrationOutcome.InvalidFormat;
import io.holdfast.fleet.RegistrationOutcome.Registered;
import io.holdfast.fleet.RegistrationOutcome.TelegramUnreachable;
import io.holdfast.fleet.RegistrationOutcome.Unauthorized;
import io.holdfast.fleet.RegistrationOutcome.UnknownTenant;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.BotStarted;
import io.holdfast.kernel.BotStopped;
import io.holdfast.tenant.Tenants;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Optional;

/**
 * Registers and deletes bots.
 *
 * <p>Asks Telegram before anything is stored, and again to direct the updates after the row is committed; never inside a
 * transaction, so it must not be called in one. A crash in between leaves a bot in STARTING that can be deleted. The events
 * {@link BotStarted} and {@link BotStopped} are fired after the commit.
 */
@ApplicationScoped
public class Registration {
    private static final Logger LOG = System.getLogger(Registration.class.getName());

    @Inject
    private Tenants tenants;

    @Inject
    private BotApi api;

    @Inject
    private BotStore store;

    @Inject
    private Bots bots;

    @Inject
    private Vault vault;

    @Inject
    private WebhookPlan plan;

    @Inject
    private WebhookSecrets secrets;

    @Inject
    private Event<BotStarted> started;

    @Inject
    private Event<BotStopped> stopped;

    /** Blocks for at most three calls to Telegram. */
    public RegistrationOutcome register(NewBot request) {
        Optional<BotToken> token = BotToken.parse(request.token());
        if (token.isEmpty()) {
            return new InvalidFormat();
        }
        if (tenants.find(request.tenant()).isEmpty()) {
            return new UnknownTenant();
        }
        return switch (api.getMe(token.get())) {
            case Answer.Success<BotApi.Identity> me -> accepted(request, token.get(), me.value());
            case Answer.Refused<BotApi.Identity> refused -> refusal(refused.ofToken());
            case Answer.Unreachable<BotApi.Identity> unreachable -> new TelegramUnreachable(unreachable.timeout());
        };
    }

    // Only who holds a valid token learns whether its bot is registered.
    private RegistrationOutcome accepted(NewBot request, BotToken token, BotApi.Identity me) {
        if (me.id() != token.bot().value()) {
            return new Unauthorized();
        }
        if (store.find(token.bot()).isPresent()) {
            return new AlreadyRegistered();
        }
        return switch (api.getWebhookInfo(token)) {
            case Answer.Success<BotApi.Webhook> webhook -> {
                String url = Objects.requireNonNullElse(webhook.value().url(), "");
                yield plan.foreign(url) && !request.takeover()
                        ? new ForeignWebhook(WebhookPlan.host(url))
                        : store(request, token, me, !url.isEmpty());
            }
            case Answer.Refused<BotApi.Webhook> refused -> refusal(refused.ofToken());
            case Answer.Unreachable<BotApi.Webhook> unreachable -> new TelegramUnreachable(unreachable.timeout());
        };
    }

    private static RegistrationOutcome refusal(boolean ofToken) {
        return ofToken ? new Unauthorized() : new TelegramUnreachable(false);
    }

    private RegistrationOutcome store(NewBot request, BotToken token, BotApi.Identity me, boolean webhookSet) {
        String secret = secrets.secret();
        var row = new BotStore.Row(
                token.bot(),
                request.tenant(),
                request.name(),
                me.username(),
                request.access(),
                BotState.REGISTERED.become(BotState.VALIDATING).become(BotState.STARTING),
                plan.intake(),
                vault.encrypt(request.tenant(), token),
                secrets.route(),
                WebhookSecrets.hash(secret));
        return store.insert(row)
                .<RegistrationOutcome>map(bot -> new Registered(begin(bot, token, secret, webhookSet)))
                .orElseGet(AlreadyRegistered::new);
    }

    private Bot begin(Bot bot, BotToken token, String secret, boolean webhookSet) {
        Direction direction = plan.direct(token, bot.route(), secret, webhookSet);
        Bot now = store.change(bot.id(), row -> settle(row, direction)).orElse(bot);
        if (now.state() == BotState.RUNNING) {
            started.fire(new BotStarted(bot.id()));
        }
        LOG.log(
                Level.INFO,
                "Bot {0} is {1}{2}",
                bot.id(),
                now.state(),
                now.stateReason().map(": "::concat).orElse(""));
        return now;
    }

    private static void settle(Bot row, Direction direction) {
        switch (direction) {
            case Direction.Done done -> {
                row.directed(done.intake(), done.base());
                row.become(BotState.RUNNING, null);
            }
            case Direction.NotDone notDone -> row.become(BotState.FAILED, notDone.reason());
        }
    }

    /**
     * Deletes a bot with its lease and its settings; false when there is none. Its messages stay for their retention; those
     * that wait are cancelled.
     *
     * <p>Telegram is told where that is possible; a failure there does not keep the bot.
     */
    public boolean delete(BotId bot) {
        Optional<Bot> stopping = store.change(bot, row -> {
            if (row.state() != BotState.STOPPING) {
                row.become(BotState.STOPPING, "deleted");
            }
        });
        stopping.ifPresent(this::remove);
        return stopping.isPresent();
    }

    private void remove(Bot bot) {
        bots.forget(bot);
        stopped.fire(new BotStopped(bot.id()));
        leave(bot);
        store.remove(bot.id());
        bots.forget(bot);
        LOG.log(Level.INFO, "Bot {0} is deleted", bot.id());
    }

    private void leave(Bot bot) {
        try {
            if (!(plan.leave(bots.token(bot.id())) instanceof Answer.Success<Boolean>)) {
                LOG.log(Level.WARNING, "Telegram still has the webhook of the deleted bot {0}", bot.id());
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "The webhook of the deleted bot {0} could not be removed: {1}", bot.id(), e);
        }
    }
}
