package io.holdfast.lane;

import io.holdfast.channel.BotApi;
import io.holdfast.channel.OutcomeClass;
import io.holdfast.channel.SendOutcome;
import io.holdfast.database.EngineDatabase;
import io.holdfast.event.Event;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import io.holdfast.fleet.Bots;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.resilience.Breaker;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The one breaker before the channel's host: after five calls in a row that did not get there, nothing is marked or sent until a
 * probe gets an answer.
 *
 * <p>A probe asks who a bot is, every two seconds, whether or not the one before has ended: it has no effect, so that no message
 * becomes uncertain and no attempt is spent for finding out.
 */
@ApplicationScoped
class ApiHost {
    private static final Logger LOG = System.getLogger(ApiHost.class.getName());
    private static final int FAILURES_IN_A_ROW = 5;
    private static final Duration PROBE_AGAIN = Duration.ofSeconds(2);
    private static final int SERVER_ERROR = 500;

    @Inject
    private Lanes lanes;

    @Inject
    private Bots bots;

    @Inject
    private BotApi api;

    @Inject
    private EngineDatabase database;

    private final Breaker breaker = new Breaker(FAILURES_IN_A_ROW);
    private final ExecutorService probes = Executors.newVirtualThreadPerTaskExecutor();

    /** Takes note of how a call for the bot ended. */
    void note(BotId bot, SendOutcome outcome) {
        if (!unreached(outcome)) {
            answered();
        } else if (breaker.failed()) {
            apply();
            tell("OPEN", FAILURES_IN_A_ROW + " calls in a row did not get there");
            probes.execute(() -> probeUntilAnswered(bot));
        }
    }

    boolean cutOff() {
        return breaker.isOpen();
    }

    @PreDestroy
    void close() {
        probes.shutdownNow();
    }

    /** What was not even tried for the lack of a token says nothing about the host; it costs no attempt. */
    private static boolean unreached(SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.RetryAt retry ->
                retry.costsAttempt()
                        && (retry.outcomeClass() == OutcomeClass.NOT_SENT
                                || retry.outcomeClass() == OutcomeClass.UNCERTAIN);
            default -> outcome.outcomeClass() == OutcomeClass.UNCERTAIN;
        };
    }

    private void answered() {
        if (breaker.succeeded()) {
            apply();
            tell("CLOSED", "a call was answered");
        }
    }

    /** What the breaker says now, not what it said to the caller: another call may have closed it since. */
    private synchronized void apply() {
        boolean cut = breaker.isOpen();
        lanes.sends().rule(order -> order.halt(cut));
    }

    private void probeUntilAnswered(BotId bot) {
        try {
            while (breaker.isOpen()) {
                Thread.sleep(PROBE_AGAIN);
                probes.execute(() -> probe(bot));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void probe(BotId bot) {
        if (!breaker.isOpen()) {
            return;
        }
        try {
            switch (api.getMe(bots.token(bot))) {
                case BotApi.Answer.Success<BotApi.Identity> success -> answered();
                case BotApi.Answer.Refused<BotApi.Identity> refused -> {
                    if (refused.code() < SERVER_ERROR) {
                        answered();
                    }
                }
                case BotApi.Answer.Unreachable<BotApi.Identity> unreachable ->
                    LOG.log(Level.DEBUG, "The host is still away: {0}", unreachable.reason());
            }
        } catch (HoldfastException e) {
            // The bot is gone or the vault is closed: the next message that is sent finds out.
            answered();
        }
    }

    private void tell(String state, String reason) {
        LOG.log(Level.WARNING, "The way to the channel is {0}: {1}.", state, reason);
        try {
            database.run(connection -> {
                Events.record(connection, Event.ofInstallation(EventKind.BREAKER, state, reason));
                return true;
            });
        } catch (HoldfastException e) {
            LOG.log(Level.WARNING, "This change of the breaker is not in the event log: {0}", e.getMessage());
        }
    }
}
