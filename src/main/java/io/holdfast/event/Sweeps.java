package io.holdfast.event;

import io.holdfast.kernel.HoldfastException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;

/**
 * Runs sweeps: one of a name at a time on this node, and none can end its timer by failing.
 *
 * <p>What a sweep did is counted, also where it then failed, and logged where it did anything. Thread-safe.
 */
@ApplicationScoped
public class Sweeps {
    private static final Logger LOG = System.getLogger(Sweeps.class.getName());

    @Inject
    private MetricRegistry registry;

    @Inject
    private OneNode oneNode;

    private final Set<String> running = ConcurrentHashMap.newKeySet();

    /** One pass over everything that the sweep looks after. */
    @FunctionalInterface
    public interface Sweep {
        void run(Tally tally);
    }

    /** What a sweep did so far; used by one thread. */
    public static final class Tally {
        private final Map<String, Integer> counts = new TreeMap<>();

        /** Adds to an outcome, which is one of few fixed words. */
        public void add(String outcome, int count) {
            if (count > 0) {
                counts.merge(outcome, count, Integer::sum);
            }
        }

        public int count(String outcome) {
            return counts.getOrDefault(outcome, 0);
        }
    }

    /** Runs the sweep unless it runs already; never throws an exception. */
    public void run(String name, Sweep sweep) {
        if (!running.add(name)) {
            return;
        }
        Tally tally = new Tally();
        try {
            sweep.run(tally);
        } catch (HoldfastException e) {
            tally.add("failed", 1);
            LOG.log(Level.WARNING, "The sweep {0} goes on with its next run: {1}", name, e.getMessage());
        } catch (RuntimeException e) {
            tally.add("failed", 1);
            LOG.log(Level.ERROR, "The sweep " + name + " met a failure that it should not have met", e);
        } finally {
            running.remove(name);
            tell(name, tally);
        }
    }

    /** As {@link #run}, unless another node does it: for work of the whole installation. */
    public void runOnOneNode(String name, Sweep sweep) {
        run(name, tally -> oneNode.run(name, () -> sweep.run(tally)));
    }

    private void tell(String name, Tally tally) {
        tally.counts.forEach((outcome, count) -> registry.counter(
                        "bot_sweeps_total", new Tag("sweep", name), new Tag("outcome", outcome))
                .inc(count));
        if (!tally.counts.isEmpty()) {
            LOG.log(Level.INFO, "The sweep {0} did: {1}", name, tally.counts);
        }
    }
}
