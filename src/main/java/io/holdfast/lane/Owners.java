package io.holdfast.lane;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.holdfast.kernel.BotId;
import io.holdfast.kernel.HoldfastException;
import io.holdfast.node.Nudges;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Nudges the nodes on which bots live for whom a due row was written here.
 *
 * <p>Nobody waits for it. What comes while the holders are looked up shares the next look; a bot whose holder was just nudged is
 * not looked up again for a moment, so that a nudge may miss a bot that moved. Thread-safe.
 */
@ApplicationScoped
class Owners {
    private static final Logger LOG = System.getLogger(Owners.class.getName());

    @Inject
    private HolderStore holders;

    @Inject
    private Nudges nudges;

    private final Set<BotId> waiting = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Cache<Set<BotId>, Set<HolderStore.Holder>> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(1))
            .build();

    /** Has the holders of the bots look for due work; returns at once. */
    void nudge(Collection<BotId> bots) {
        waiting.addAll(bots);
        if (looking.compareAndSet(false, true)) {
            Thread.startVirtualThread(this::lookUntilNoneWaits);
        }
    }

    private void lookUntilNoneWaits() {
        do {
            try {
                Set<BotId> bots = new HashSet<>(waiting);
                waiting.removeAll(bots);
                known.get(Set.copyOf(bots), holders::holdersOf)
                        .forEach(holder -> nudges.nudge(holder.id(), holder.url()));
            } catch (HoldfastException e) {
                LOG.log(Level.DEBUG, "Nobody is nudged, the owners look by themselves: {0}", e.getMessage());
            } finally {
                looking.set(false);
            }
        } while (!waiting.isEmpty() && looking.compareAndSet(false, true));
    }
}
