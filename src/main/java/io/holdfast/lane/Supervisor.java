package io.holdfast.lane;

import io.holdfast.database.EngineDatabase;
import io.holdfast.event.Event;
import io.holdfast.event.EventKind;
import io.holdfast.event.Events;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.Startup;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Keeps the threads of the lanes alive: one that dies is started again after two seconds.
 *
 * <p>Five deaths within a minute end the process with exit code 70, so that its own supervisor starts it afresh: memory that is
 * spoilt does not mend by itself, and what the rows hold does.
 */
@ApplicationScoped
class Supervisor {
    private static final Logger LOG = System.getLogger(Supervisor.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_STOP = Duration.ofSeconds(25);
    /** sysexits.h EX_SOFTWARE: trying again may help. */
    private static final int EXIT_DEFECT = 70;

    @Resource
    private ManagedThreadFactory threads;

    @Inject
    private Startup startup;

    @Inject
    private EngineDatabase database;

    @Inject
    private MetricRegistry registry;

    private final RestartLimit deaths = new RestartLimit(5, Duration.ofMinutes(1));

    /** Runs the work on a thread of its own until it returns. */
    Thread start(String name, Runnable work) {
        Thread thread = threads.newThread(() -> runUntilItReturns(name, work));
        thread.setName("holdfast-" + name);
        thread.start();
        return thread;
    }

    /** Counts that the process before this one did not stop in order. */
    void noteUncleanStart(String node) {
        registry.counter("bot_unclean_starts").inc();
        record("unclean_start", "the process of node %s before this one ended without stopping".formatted(node));
    }

    private void runUntilItReturns(String name, Runnable work) {
        while (!startup.stopping()) {
            try {
                work.run();
                return;
            } catch (RuntimeException | Error e) {
                LOG.log(Level.ERROR, "The worker %s died and is started again".formatted(name), e);
                died(name, e);
            }
        }
    }

    private void died(String name, Throwable cause) {
        registry.counter("bot_worker_restarts", new Tag("worker", name.replaceAll("-\\d+$", "")))
                .inc();
        if (deaths.reachedAt(System.nanoTime())) {
            LOG.log(
                    Level.ERROR,
                    "Five workers died within a minute: the process ends with exit code {0}.",
                    EXIT_DEFECT);
            end();
            return;
        }
        record(
                "worker_restart",
                "%s died of %s".formatted(name, cause.getClass().getSimpleName()));
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "The pause of {0} was cut short.", name);
        }
    }

    private void record(String outcome, String reason) {
        try {
            database.run(connection -> {
                Events.record(connection, Event.ofInstallation(EventKind.RECOVERED, outcome, reason));
                return true;
            });
        } catch (HoldfastException e) {
            LOG.log(Level.WARNING, "An event could not be written ({0}): {1}", reason, e.getMessage());
        }
    }

    /** In order where that works, else at once. */
    private static void end() {
        Thread exit = new Thread(() -> System.exit(EXIT_DEFECT), "holdfast-exit");
        exit.setDaemon(true);
        exit.start();
        try {
            exit.join(LONGEST_STOP);
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "The process ends at once.");
        }
        Runtime.getRuntime().halt(EXIT_DEFECT);
    }
}
