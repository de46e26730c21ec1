package io.holdfast.fleet;

import io.holdfast.kernel.BotId;
import io.holdfast.kernel.BotStarted;
import io.holdfast.kernel.IntakeMoves;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * Directs running bots to the public address of today, where it differs from the one they were last directed to.
 *
 * <p>The new secret is stored before Telegram learns it: updates that come with the old one in between are refused, and
 * Telegram brings them again. A crash in between repeats the bot at the next start.
 */
@ApplicationScoped
class Redirection {
    private static final Logger LOG = System.getLogger(Redirection.class.getName());

    @Inject
    private BotStore store;

    @Inject
    private Bots bots;

    @Inject
    private WebhookPlan plan;

    @Inject
    private WebhookSecrets secrets;

    @Inject
    private Event<BotStarted> started;

    @Inject
    private Event<IntakeMoves> moves;

    List<BotId> waiting() {
        return store.directedElsewhere(plan.base().orElse(null));
    }

    /** False when Telegram could not be reached, so that trying again later may help. */
    boolean redirect(BotId bot) {
        if (bots.find(bot).filter(this::directedElsewhere).isEmpty()) {
            return true;
        }
        String secret = secrets.secret();
        Optional<Bot> row = store.change(bot, changed -> changed.expectSecret(WebhookSecrets.hash(secret)));
        if (row.isEmpty() || row.get().state() != BotState.RUNNING) {
            return true;
        }
        bots.forget(row.get());
        boolean other = row.get().intake() != plan.intake();
        if (other) {
            moves.fire(new IntakeMoves(bot));
        }
        try {
            return direct(row.get(), secret);
        } finally {
            if (other) {
                started.fire(new BotStarted(bot));
            }
        }
    }

    /** Another node may have directed it since. */
    private boolean directedElsewhere(Bot bot) {
        return bot.state() == BotState.RUNNING && !bot.webhookBase().equals(plan.base());
    }

    private boolean direct(Bot bot, String secret) {
        boolean webhookSet = bot.webhookBase().isPresent();
        return switch (plan.direct(bots.token(bot.id()), bot.route(), secret, webhookSet)) {
            case Direction.Done done -> {
                store.change(bot.id(), row -> row.directed(done.intake(), done.base()));
                bots.forget(bot);
                LOG.log(Level.INFO, "Bot {0} now takes its updates by {1}", bot.id(), done.intake());
                yield true;
            }
            case Direction.NotDone notDone -> {
                LOG.log(Level.WARNING, "Bot {0} is not directed here: {1}", bot.id(), notDone.reason());
                yield !notDone.unreachable();
            }
        };
    }
}
