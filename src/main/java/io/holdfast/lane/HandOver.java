package io.holdfast.lane;

import io.holdfast.kernel.BotId;
import io.holdfast.node.Neighbour;
import io.holdfast.node.Neighbours;
import io.holdfast.node.Nodes;
import io.holdfast.node.Nudges;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Gives bots to other nodes in order: nothing of the bot is under way when its heir takes it, so that no call becomes uncertain and
 * nothing is done twice.
 *
 * <p>Turns and calls that run end and are settled first; none begins meanwhile. What is open gets a due row, and the heir is nudged.
 */
@ApplicationScoped
class HandOver {
    private static final Duration AGAIN = Duration.ofMillis(10);

    /** Why a bot moves. */
    enum Why {
        STOP("stop"),
        EVEN_OUT("even_out");

        private final String label;

        Why(String label) {
            this.label = label;
        }
    }

    @Inject
    private Nodes nodes;

    @Inject
    private Neighbours neighbours;

    @Inject
    private Nudges nudges;

    @Inject
    private Lanes lanes;

    @Inject
    private TakeOver takeOver;

    @Inject
    private Releases releases;

    @Inject
    private HolderStore holders;

    @Inject
    private MetricRegistry registry;

    /** A bot and the node that gets it; null where no node takes bots, and the bot becomes nobody's. */
    record Gift(BotId bot, @Nullable Neighbour heir) {
        @Nullable
        String to() {
            return heir == null ? null : heir.id();
        }
    }

    /** At the stop, when nothing begins any more: gives all away, each as soon as it can be, and the last when time is up. */
    void giveAll(Duration patience) {
        Heirs heirs = Heirs.among(neighbours.look()).without(nodes.self());
        List<Gift> gifts = lanes.bots().stream()
                .map(bot -> new Gift(bot, heirs.of(bot).orElse(null)))
                .toList();
        giveQuiet(gifts, Why.STOP);
        give(gifts, patience, Why.STOP);
    }

    /** What could not be given in order, when calls and turns have been ended. */
    void giveRest() {
        Heirs heirs = Heirs.among(neighbours.seen()).without(nodes.self());
        for (BotId bot : lanes.bots()) {
            releases.release(bot, heirs.of(bot).map(Neighbour::id).orElse(null));
        }
    }

    /** Of these bots gives those away at once that have nothing open; answers how many. No lane is made for them until something comes. */
    int giveQuiet(List<Gift> gifts, Why why) {
        Set<BotId> given = new HashSet<>();
        takeOver.whileNoneIsTaken(() -> given.addAll(giveQuietNow(gifts)));
        count(given.size(), why);
        return given.size();
    }

    private Set<BotId> giveQuietNow(List<Gift> gifts) {
        List<HolderStore.Move> moves = new ArrayList<>();
        for (Gift gift : gifts) {
            HeldBot lane = lanes.held(gift.bot());
            if (lane == null) {
                moves.add(new HolderStore.Move(gift.bot(), null, gift.to()));
            } else if (!lane.polled && lanes.quiet(gift.bot())) {
                Lanes.Open open = lanes.drop(gift.bot());
                if (open.nothing()) {
                    moves.add(new HolderStore.Move(gift.bot(), lane.epoch, gift.to()));
                } else {
                    // Something came between the two looks.
                    releases.release(gift.bot(), lane, open, gift.to());
                    nudge(gift);
                }
            }
        }
        return moves.isEmpty() ? Set.of() : holders.giveQuiet(moves, nodes.self());
    }

    /** Gives bots away whose work ends in time; the others go on here. Answers how many were given. */
    int give(List<Gift> gifts, Duration patience, Why why) {
        long until = System.nanoTime() + patience.toNanos();
        Map<BotId, Gift> byBot = new HashMap<>();
        gifts.stream().filter(gift -> lanes.holds(gift.bot())).forEach(gift -> byBot.put(gift.bot(), gift));
        Set<BotId> left = new LinkedHashSet<>(byBot.keySet());
        left.forEach(lanes::rest);
        try {
            releaseIdle(left, byBot);
            while (!left.isEmpty() && System.nanoTime() - until < 0) {
                Thread.sleep(AGAIN);
                releaseIdle(left, byBot);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            left.forEach(this::goOn);
        }
        count(byBot.size() - left.size(), why);
        return byBot.size() - left.size();
    }

    private void releaseIdle(Set<BotId> left, Map<BotId, Gift> gifts) {
        for (Iterator<BotId> bots = left.iterator(); bots.hasNext(); ) {
            Gift gift = gifts.get(bots.next());
            if (gift != null && !lanes.atWork(gift.bot())) {
                releases.release(gift.bot(), gift.to());
                bots.remove();
                nudge(gift);
            }
        }
    }

    private void goOn(BotId bot) {
        lanes.startSends(bot);
        lanes.startTurns(bot);
    }

    private void nudge(Gift gift) {
        if (gift.heir() != null) {
            nudges.nudge(gift.heir().id(), gift.heir().url());
        }
    }

    private void count(int bots, Why why) {
        if (bots > 0) {
            registry.counter("bot_hand_overs", new Tag("why", why.label)).inc(bots);
        }
    }
}
