package io.holdfast.lane;

import io.holdfast.kernel.BotId;
import io.holdfast.node.Neighbour;
import io.holdfast.node.Neighbours;
import io.holdfast.node.Nodes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Takes this node's part of the bots that dead nodes have left: those that work are taken over, silent ones let go.
 *
 * <p>Looks at the nodes once a second, and when the first lease would end that is not renewed; at the bots' leases only where a
 * dead node still has some. Called by one thread.
 */
@ApplicationScoped
class GoneNodes {
    private static final Logger LOG = System.getLogger(GoneNodes.class.getName());
    private static final long BETWEEN_LOOKS = Duration.ofMillis(900).toNanos();
    private static final Duration NEVER = Duration.ofDays(1);
    /** What a lease in the database is given beyond its end, so that it is over when it is looked at. */
    private static final Duration OVER = Duration.ofMillis(20);

    @Inject
    private Nodes nodes;

    @Inject
    private Neighbours neighbours;

    @Inject
    private HolderStore holders;

    @Inject
    private TakeOver takeOver;

    private long lookedAt = System.nanoTime() - BETWEEN_LOOKS;
    private Duration firstEnd = NEVER;

    /**
     * How long until the first lease of another node would end, as it was when they were looked at; what is past comes with the
     * next second.
     */
    Duration untilALeaseEnds() {
        Duration left = firstEnd.minusNanos(System.nanoTime() - lookedAt);
        return left.isNegative() ? NEVER : left;
    }

    /** Does it, unless that was less than a second ago and no lease can have ended since. */
    void takeTheirBots() {
        long now = System.nanoTime();
        if (now - lookedAt < BETWEEN_LOOKS && now - lookedAt < firstEnd.toNanos()) {
            return;
        }
        lookedAt = now;
        // Where the look fails, the next second brings another one, not the end that was expected before.
        firstEnd = NEVER;
        List<Neighbour> seen = neighbours.look();
        firstEnd = firstEnd(seen);
        if (nodes.takesBots() && seen.stream().anyMatch(Neighbour::leftBots)) {
            takeShare(Heirs.among(seen));
        }
    }

    private Duration firstEnd(List<Neighbour> seen) {
        return seen.stream()
                .filter(node -> node.alive() && !node.id().equals(nodes.self()))
                .map(Neighbour::leaseLeft)
                .min(Duration::compareTo)
                .map(OVER::plus)
                .orElse(NEVER);
    }

    private void takeShare(Heirs heirs) {
        Map<Boolean, List<BotId>> mine = holders.left().stream()
                .filter(left -> heirs.of(left.bot())
                        .filter(heir -> heir.id().equals(nodes.self()))
                        .isPresent())
                .collect(Collectors.partitioningBy(
                        HolderStore.Left::works, Collectors.mapping(HolderStore.Left::bot, Collectors.toList())));
        List<BotId> working = mine.getOrDefault(true, List.of());
        List<BotId> silent = mine.getOrDefault(false, List.of());
        if (!silent.isEmpty()) {
            holders.free(silent);
        }
        if (!working.isEmpty()) {
            LOG.log(Level.INFO, "{0} bots of nodes that are gone are taken over.", working.size());
            takeOver.takeOver(working);
        }
    }
}
