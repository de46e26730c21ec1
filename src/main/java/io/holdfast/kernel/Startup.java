package io.holdfast.kernel;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs the {@link StartStep}s, and their stops in reverse, once per process.
 *
 * <p>Liberty's own start does not wait for them: a server whose database is away is alive, not ready, and goes on by itself
 * when the database is there.
 */
@ApplicationScoped
public class Startup {
    private static final Logger LOG = System.getLogger(Startup.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** sysexits.h EX_CONFIG: tells a supervisor that trying again is no use. */
    private static final int EXIT_CONFIGURATION = 78;
    /** What a JVM answers that a SIGTERM ended. */
    private static final int EXIT_TERMINATED = 143;
    /** A supervisor that waits 25 s must not have to kill. */
    private static final Duration EXIT = Duration.ofSeconds(24);

    @Inject
    @Any
    private Instance<StartStep> found;

    @Resource
    private ManagedThreadFactory threads;

    private final List<StartStep> started = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    /** Open when the server has come to the end of the application. */
    private final CountDownLatch letGo = new CountDownLatch(1);

    private boolean stopped;
    private volatile int exitCode = EXIT_TERMINATED;
    private volatile boolean complete;
    private volatile boolean stopping;
    private volatile String current = "not begun";

    void begin(@Observes @Initialized(ApplicationScoped.class) Object event) {
        Thread thread = threads.newThread(this::runAll);
        thread.setName("holdfast-start");
        thread.start();
        Runtime.getRuntime().addShutdownHook(threads.newThread(this::endWithTheProcess));
    }

    void end(@Observes @BeforeDestroyed(ApplicationScoped.class) Object event) {
        stopOnce();
        letGo.countDown();
    }

    /**
     * The server comes to its applications late when its own stop waits for something, in bad luck only after half a minute
     * in which nothing of ours would end in order. When all is stopped nothing is lost by an end without it.
     */
    private void endWithTheProcess() {
        long begun = System.nanoTime();
        stopOnce();
        Duration left = EXIT.minusNanos(System.nanoTime() - begun);
        try {
            if (!letGo.await(Math.max(0, left.toNanos()), TimeUnit.NANOSECONDS)) {
                Runtime.getRuntime().halt(exitCode);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Answers when all steps have stopped, whoever began it. */
    private synchronized void stopOnce() {
        if (stopped) {
            return;
        }
        stopped = true;
        stopping = true;
        List<StartStep> reversed;
        synchronized (started) {
            reversed = new ArrayList<>(started).reversed();
        }
        for (StartStep step : reversed) {
            try {
                step.stop();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "Stopping " + step.phase() + " failed", e);
            }
        }
    }

    /** True when every step has run: the server may take work. */
    public boolean complete() {
        return complete && !stopping;
    }

    /** True from the end of the start until the server is gone: what comes in while it stops is stored for other nodes. */
    public boolean accepting() {
        return complete;
    }

    /** True from the moment the server was told to stop. */
    public boolean stopping() {
        return stopping;
    }

    /** Waits until the server may take work; answers whether it may. */
    public boolean awaitComplete(Duration patience) throws InterruptedException {
        return ended.await(patience.toMillis(), TimeUnit.MILLISECONDS) && complete();
    }

    /** The step that is running or being tried again, for people who ask why the server is not ready. */
    public String current() {
        return current;
    }

    private void runAll() {
        List<StartStep> steps = new ArrayList<>();
        found.forEach(steps::add);
        steps.sort(Comparator.comparing(StartStep::phase));
        for (StartStep step : steps) {
            if (!runUntilDone(step)) {
                return;
            }
        }
        current = "complete";
        complete = true;
        ended.countDown();
        LOG.log(Level.INFO, "Holdfast is ready.");
    }

    private boolean runUntilDone(StartStep step) {
        current = step.phase().name();
        synchronized (started) {
            started.add(step);
        }
        while (!stopping) {
            try {
                step.start();
                return true;
            } catch (ConfigurationException e) {
                // A stop interrupts what reads and writes files: that says nothing about the configuration.
                if (!stopping && !Thread.currentThread().isInterrupted()) {
                    refuse(e);
                }
                return false;
            } catch (RuntimeException e) {
                current = step.phase() + ": " + e.getMessage();
                LOG.log(
                        Level.WARNING,
                        "Start step {0} failed and is tried again in {1} s: {2}",
                        step.phase(),
                        PAUSE.toSeconds(),
                        e);
                pause();
            }
        }
        return false;
    }

    private void refuse(ConfigurationException e) {
        current = "refused: " + e.getMessage();
        exitCode = EXIT_CONFIGURATION;
        LOG.log(Level.ERROR, "Holdfast cannot start: {0}", e.getMessage());
        Thread exit = new Thread(() -> System.exit(EXIT_CONFIGURATION), "holdfast-exit");
        exit.setDaemon(true);
        exit.start();
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }
}
