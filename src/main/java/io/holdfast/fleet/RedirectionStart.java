package io.holdfast.fleet;

import io.holdfast.event.OneNode;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.StartStep;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * After the public address has changed, directs the bots to the new one.
 *
 * <p>One bot every four seconds: Telegram lets an address load only 20 tokens a minute. One node does it, and the
 * start does not wait for it.
 */
@ApplicationScoped
class RedirectionStart implements StartStep {
    private static final Logger LOG = System.getLogger(RedirectionStart.class.getName());
    private static final long PACE_SECONDS = 4;

    @Inject
    private Redirection redirection;

    @Inject
    private OneNode oneNode;

    @Resource
    private ManagedScheduledExecutorService executor;

    private final Queue<BotId> waiting = new ArrayDeque<>();
    private volatile @Nullable ScheduledFuture<?> work;

    @Override
    public Phase phase() {
        return Phase.BOTS;
    }

    @Override
    public void start() {
        synchronized (waiting) {
            waiting.clear();
            waiting.addAll(redirection.waiting());
            if (waiting.isEmpty()) {
                return;
            }
            LOG.log(Level.INFO, "Bots to direct to the public address of today: {0}", waiting.size());
        }
        work = executor.scheduleWithFixedDelay(this::nextOnOneNode, 0, PACE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void stop() {
        ScheduledFuture<?> running = work;
        if (running != null) {
            running.cancel(false);
        }
    }

    /** Another node may have directed some of them meanwhile, which costs them nothing more. */
    private void nextOnOneNode() {
        oneNode.run("redirect-bots", this::next);
    }

    private void next() {
        BotId bot;
        synchronized (waiting) {
            bot = waiting.poll();
        }
        if (bot == null) {
            stop();
        } else if (!tried(bot)) {
            synchronized (waiting) {
                waiting.add(bot);
            }
        }
    }

    private boolean tried(BotId bot) {
        try {
            return redirection.redirect(bot);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "Bot {0} could not be directed here and is tried again: {1}", bot, e);
            return false;
        }
    }
}
