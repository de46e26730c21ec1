package io.holdfast.telegram;

import io.holdfast.channel.BotApi;
import io.holdfast.fleet.Bots;
import io.holdfast.inbox.Inbox;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.BotLetGo;
import io.holdfast.kernel.BotStarted;
import io.holdfast.kernel.BotStopped;
import io.holdfast.kernel.BotSuspended;
import io.holdfast.kernel.BotTaken;
import io.holdfast.kernel.Changed;
import io.holdfast.kernel.ChangesMissed;
import io.holdfast.kernel.IntakeMoves;
import io.holdfast.kernel.StartStep;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fetches the updates of the bots that have no webhook: one {@link PollLoop} per bot, each on a virtual thread of its own.
 *
 * <p>Only of bots that live on this node. A bot that stops or moves and a server that stops end their loops at once. No loop outlives
 * the server.
 */
@ApplicationScoped
class Poller implements StartStep {
    private static final Logger LOG = System.getLogger(Poller.class.getName());
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    @Inject
    BotApi api;

    @Inject
    Bots bots;

    @Inject
    Inbox inbox;

    @Inject
    TelegramParser parser;

    @Inject
    TelegramConfig config;

    @Inject
    PollTrouble trouble;

    @Inject
    InstantSource clock;

    private final Map<BotId, Running> loops = new HashMap<>();
    private final Set<BotId> here = new HashSet<>();
    private boolean open;

    private record Running(PollLoop loop, Thread thread) {}

    @Override
    public Phase phase() {
        return Phase.CLOCKWORK;
    }

    @Override
    public void start() {
        synchronized (loops) {
            open = true;
        }
        bots.polled().forEach(this::begin);
    }

    /** A bot is fetched from where it lives. */
    void taken(@Observes BotTaken event) {
        synchronized (loops) {
            here.add(event.bot());
        }
        if (event.polled()) {
            begin(event.bot());
        }
    }

    void letGo(@Observes BotLetGo event) {
        synchronized (loops) {
            here.remove(event.bot());
        }
        remove(event.bot());
    }

    @Override
    public void stop() {
        List<Running> last;
        synchronized (loops) {
            open = false;
            last = List.copyOf(loops.values());
            loops.clear();
        }
        last.forEach(Poller::end);
        last.forEach(running -> farewell(running.thread()));
    }

    void started(@Observes BotStarted event) {
        if (bots.polled().contains(event.bot())) {
            begin(event.bot());
        }
    }

    void stopped(@Observes BotStopped event) {
        remove(event.bot());
    }

    /** A poller that still asks would be refused as soon as the webhook is set. */
    void moves(@Observes IntakeMoves event) {
        remove(event.bot());
    }

    void suspended(@Observes BotSuspended event) {
        remove(event.bot());
    }

    /** Another node may have suspended, stopped or moved it. */
    void changed(@Observes @Priority(Changed.ACTS) Changed change) {
        if (change.kind() == Changed.Kind.BOT && loops().contains(change.bot())) {
            endUnlessPolled(List.of(change.bot()));
        }
    }

    void missed(@Observes @Priority(Changed.ACTS) ChangesMissed event) {
        endUnlessPolled(loops());
    }

    private void endUnlessPolled(Collection<BotId> looping) {
        if (!looping.isEmpty()) {
            List<BotId> polled = bots.polled();
            looping.stream().filter(bot -> !polled.contains(bot)).forEach(this::remove);
        }
    }

    private Set<BotId> loops() {
        synchronized (loops) {
            return Set.copyOf(loops.keySet());
        }
    }

    private void remove(BotId bot) {
        Running running;
        synchronized (loops) {
            running = loops.remove(bot);
        }
        if (running != null) {
            end(running);
        }
    }

    private void begin(BotId bot) {
        synchronized (loops) {
            Running before = loops.get(bot);
            if (!open
                    || !here.contains(bot)
                    || (before != null && before.thread().isAlive())) {
                return;
            }
            PollLoop loop = new PollLoop(
                    bot,
                    new PollLoop.Tools(
                            api, bots::token, inbox, parser, clock, Thread::sleep, config.pollTimeout(), trouble));
            Thread thread = Thread.ofVirtual().name("telegram-poll-" + bot).unstarted(loop);
            thread.setUncaughtExceptionHandler(
                    (died, e) -> LOG.log(Level.ERROR, "Polling for bot " + bot + " died", e));
            loops.put(bot, new Running(loop, thread));
            thread.start();
        }
    }

    private static void end(Running running) {
        running.loop().stop();
        // A loop that met a refusal is told of its own end.
        if (!running.thread().equals(Thread.currentThread())) {
            running.thread().interrupt();
        }
    }

    private static void farewell(Thread thread) {
        try {
            if (!thread.join(FAREWELL)) {
                LOG.log(Level.WARNING, "{0} has not ended yet", thread.getName());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
