package io.holdfast.node;

import io.holdfast.kernel.Changed;
import io.holdfast.kernel.ChangesMissed;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.kernel.Mishap;
import io.holdfast.kernel.StartStep;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Fires {@link Changed} on this node for what any node changed, twice a second, with one statement that mostly finds nothing.
 *
 * <p>The server is not ready before the first look. While the database is away everything stays as it was.
 */
@ApplicationScoped
class ChangeFeed implements StartStep {
    private static final Logger LOG = System.getLogger(ChangeFeed.class.getName());
    private static final long PACE_MILLIS = 500;

    @Inject
    private ChangeReader reader;

    @Inject
    private Event<Changed> changed;

    @Inject
    private Event<ChangesMissed> missed;

    @Inject
    private MetricRegistry registry;

    @Resource
    private ManagedScheduledExecutorService executor;

    private final ChangeWindow window = new ChangeWindow();
    /** What some observer could not take yet. */
    private final Set<Changed> untold = new LinkedHashSet<>();

    private boolean allUntold;
    private volatile boolean blind;
    private volatile long lookedAt = System.nanoTime();
    private volatile @Nullable ScheduledFuture<?> work;

    @Override
    public Phase phase() {
        return Phase.NODE;
    }

    @Override
    public void start() {
        look();
        registry.gauge("bot_changes_age_seconds", () -> (System.nanoTime() - lookedAt) / 1e9);
        work = executor.scheduleWithFixedDelay(this::lookOrLeave, PACE_MILLIS, PACE_MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() {
        ScheduledFuture<?> running = work;
        if (running != null) {
            running.cancel(false);
        }
    }

    /** An exception would end the repetition. */
    private void lookOrLeave() {
        try {
            Mishap.TIMER.perhaps();
            look();
            blind = false;
        } catch (HoldfastException e) {
            if (!blind) {
                LOG.log(Level.WARNING, "Changes of other nodes are not seen until this ends: {0}", e.getMessage());
            }
            blind = true;
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The look at changes met a failure that it should not have met", e);
        }
    }

    /** Tells what is new. */
    synchronized void look() {
        long before = System.nanoTime();
        Optional<List<Changed>> fresh = window.take(reader.read(window.from()));
        lookedAt = before;
        if (fresh.isEmpty()) {
            allUntold = true;
            untold.clear();
        }
        fresh.ifPresent(untold::addAll);
        tell();
    }

    private void tell() {
        if (allUntold) {
            missed.fire(new ChangesMissed());
            registry.counter("bot_changes_missed").inc();
            allUntold = false;
        }
        for (Changed change : List.copyOf(untold)) {
            try {
                changed.fire(change);
                untold.remove(change);
                registry.counter("bot_changes_read").inc();
            } catch (RuntimeException e) {
                LOG.log(Level.WARNING, "A change of " + change.kind() + " is told again, for somebody failed", e);
            }
        }
    }
}
