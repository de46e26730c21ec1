package io.holdfast.lane;

import io.holdfast.database.EngineDatabase;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.Changed;
import io.holdfast.kernel.ChangesMissed;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Does to the lanes of this node what other nodes did to their bots: one that was suspended, stopped or removed is let go, and what turns
 * know of the others is renewed.
 *
 * <p>On a thread of its own, since a take-over that is under way may keep it waiting.
 */
@ApplicationScoped
class ChangedBots {
    private static final Logger LOG = System.getLogger(ChangedBots.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);

    private record Standing(boolean works, BotProfile profile) {}

    @Inject
    private Lanes lanes;

    @Inject
    private TakeOver takeOver;

    @Inject
    private Releases releases;

    @Inject
    private EngineDatabase database;

    @Inject
    private Startup startup;

    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("holdfast-changed-bots").factory());

    /** Whether it lives here is asked later: it may be about to be taken, by a statement that did not see the change. */
    void changed(@Observes @Priority(Changed.ACTS) Changed change) {
        if (change.kind() == Changed.Kind.BOT) {
            worker.execute(() -> followUntilDone(change.bot()));
        }
    }

    void missed(@Observes @Priority(Changed.ACTS) ChangesMissed event) {
        lanes.bots().forEach(bot -> worker.execute(() -> followUntilDone(bot)));
    }

    @PreDestroy
    void stop() {
        worker.shutdownNow();
    }

    private void followUntilDone(BotId bot) {
        try {
            while (!startup.stopping() && !followed(bot)) {
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean followed(BotId bot) {
        try {
            takeOver.whileNoneIsTaken(() -> follow(bot));
            return true;
        } catch (HoldfastException e) {
            LOG.log(
                    Level.WARNING,
                    "A change of bot {0} is followed when the database is back: {1}",
                    bot,
                    e.getMessage());
            return !e.category().retryable();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A change of bot " + bot + " could not be followed", e);
            return true;
        }
    }

    private void follow(BotId bot) {
        HeldBot lane = lanes.held(bot);
        if (lane == null) {
            return;
        }
        Optional<Standing> standing = standing(bot);
        if (standing.isEmpty()) {
            lanes.drop(bot);
        } else if (standing.get().works()) {
            lane.profile = standing.get().profile();
        } else {
            LOG.log(Level.INFO, "Bot {0} is let go: another node suspended or stopped it.", bot);
            releases.release(bot, null);
        }
    }

    private Optional<Standing> standing(BotId bot) {
        String sql = """
                select state not in ('SUSPENDED', 'STOPPING', 'STOPPED'), username, access = 'OPEN' from bot where bot_id = ?
                """;
        return database.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(sql)) {
                select.setLong(1, bot.value());
                try (ResultSet row = select.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Standing(
                                    row.getBoolean(1), new BotProfile(row.getString(2), row.getBoolean(3))))
                            : Optional.<Standing>empty();
                }
            }
        });
    }
}
