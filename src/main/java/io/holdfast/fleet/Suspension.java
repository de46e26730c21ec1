package io.holdfast.fleet;

import io.holdfast.channel.BotApi;
import io.holdfast.event.OneNode;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.BotStarted;
import io.holdfast.kernel.BotSuspended;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Stops a bot whose token is refused, and lets it work again when the token is taken.
 *
 * <p>A suspended bot takes updates and stores them; it does no turn and sends nothing until it is resumed. Its token is tried after
 * a minute and after ten, whichever node is there then; more refusals would cost the address its good name with Telegram. A try
 * that reaches nobody does not count, and is made again after a minute. A person may have it tried at any time. Nothing here may be
 * called in a transaction.
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
    private OneNode oneNode;

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

    /** Tries the tokens whose time has come, on one node. */
    void check() {
        oneNode.run("try-tokens", this::checkAll);
    }

    private void checkAll() {
        for (SuspendedBots.Check check : rows.takeChecks()) {
            try {
                check(check);
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "The token of bot " + check.bot() + " could not be tried", e);
            }
        }
    }

    private void check(SuspendedBots.Check check) {
        switch (api.getMe(bots.token(check.bot()))) {
            case BotApi.Answer.Success<BotApi.Identity> me ->
                resumeNow(check.bot(), "the channel takes its token again");
            case BotApi.Answer.Refused<BotApi.Identity> refused -> {
                // Anything else, such as too many requests, says nothing about the token.
                if (refused.ofToken()) {
                    rows.refused(check);
                }
            }
            case BotApi.Answer.Unreachable<BotApi.Identity> unreachable ->
                LOG.log(Level.INFO, "The token of bot {0} is tried again: {1}", check.bot(), unreachable.reason());
        }
    }

    /** Lets a suspended bot work again if the channel takes its token now. Blocks for at most one call to it. */
    public ResumeOutcome resume(BotId bot) {
        Optional<Bot> found = bots.find(bot);
        if (found.isEmpty() || found.get().state() != BotState.SUSPENDED) {
            return notSuspended(found);
        }
        return switch (api.getMe(bots.token(bot))) {
            case BotApi.Answer.Success<BotApi.Identity> me -> {
                boolean resumed = resumeNow(bot, "an operator asked, and the channel takes its token");
                Optional<Bot> now = bots.find(bot);
                yield resumed && now.isPresent() ? new ResumeOutcome.Resumed(now.get()) : notSuspended(now);
            }
            case BotApi.Answer.Refused<BotApi.Identity> refused ->
                refused.ofToken() ? new ResumeOutcome.Refused() : new ResumeOutcome.Unreachable(false);
            case BotApi.Answer.Unreachable<BotApi.Identity> unreachable ->
                new ResumeOutcome.Unreachable(unreachable.timeout());
        };
    }

    private static ResumeOutcome notSuspended(Optional<Bot> found) {
        return found.<ResumeOutcome>map(bot -> new ResumeOutcome.NotSuspended(bot.state()))
                .orElseGet(ResumeOutcome.Unknown::new);
    }

    private boolean resumeNow(BotId bot, String why) {
        boolean resumed = rows.resume(bot, why);
        if (resumed) {
            LOG.log(Level.INFO, "Bot {0} works again", bot);
            started.fire(new BotStarted(bot));
        }
        return resumed;
    }
}
