package io.holdfast.fleet;

import io.holdfast.channel.BotApi;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.BotStarted;
import io.holdfast.kernel.BotSuspended;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Stops a bot whose token is refused, and lets it work again when the token is taken.
 *
 * <p>A suspended bot takes updates and stores them; it does no turn and sends nothing until it is resumed. Its token is tried after
 * a minute and after ten, whichever node is there then; more would cost the address its good name with Telegram. Nothing here
 * may be called in a transaction.
 */
@ApplicationScoped
public class Suspension {
    private static final Logger LOG = System.getLogger(Suspension.class.getName());

    @Inject
    private SuspendedBots rows;

    @Inject
    private Bots bots;

    @Inject
    private BotApi api;

    @Inject
    private Event<BotSuspended> suspended;

    @Inject
    private Event<BotStarted> started;

    /** Suspends the bot, and has it let go. A failure is logged, and made good by the next refusal. */
    public void suspend(BotId bot, String reason) {
        try {
            if (rows.suspend(bot, reason)) {
                LOG.log(Level.ERROR, "Bot {0} is suspended: {1}", bot, reason);
            }
            // The second time too: the answer to the first commit may have been lost.
            suspended.fire(new BotSuspended(bot));
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Bot " + bot + " could not be suspended", e);
        }
    }

    /** Tries the tokens whose time has come. */
    void check() {
        for (BotId bot : rows.takeChecks()) {
            try {
                check(bot);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "The token of bot " + bot + " could not be tried", e);
            }
        }
    }

    private void check(BotId bot) {
        if (api.getMe(bots.token(bot)) instanceof BotApi.Answer.Success<BotApi.Identity> && rows.resume(bot)) {
            LOG.log(Level.INFO, "Bot {0} works again", bot);
            started.fire(new BotStarted(bot));
        }
    }
}
