package io.holdfast.lane;

import io.holdfast.event.Sweeps;
import io.holdfast.kernel.BotId;
import io.holdfast.node.Neighbour;
import io.holdfast.node.Neighbours;
import io.holdfast.node.Nodes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Gives what this node holds beyond its share to nodes that hold less, those bots first of which nothing is open.
 *
 * <p>Every few seconds one statement where there are several nodes, none where there is one. Each round is bounded.
 */
@ApplicationScoped
class EvenOut {
    private static final int MOST_QUIET = 1000;
    private static final int MOST_BUSY = 50;
    /** A bot whose turn or call takes longer stays for this round. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    @Inject
    private Sweeps sweeps;

    @Inject
    private Nodes nodes;

    @Inject
    private Neighbours neighbours;

    @Inject
    private HolderStore holders;

    @Inject
    private Lanes lanes;

    @Inject
    private HandOver handOver;

    void run() {
        if (nodes.takesBots() && lanes.current()) {
            sweeps.run("even-out", this::even);
        }
    }

    private void even(Sweeps.Tally tally) {
        Map<String, Neighbour> takers = neighbours.seen().stream()
                .filter(Neighbour::takes)
                .collect(Collectors.toMap(Neighbour::id, Function.identity()));
        if (takers.size() < 2) {
            return;
        }
        Map<String, Integer> counts = holders.counts();
        Map<String, Integer> held = takers.keySet().stream()
                .collect(Collectors.toMap(Function.identity(), node -> counts.getOrDefault(node, 0)));
        List<Neighbour> heirs = new ArrayList<>();
        for (Shares.Gift gift : new Shares(held).giftsOf(nodes.self())) {
            for (int i = 0; i < gift.bots(); i++) {
                heirs.add(takers.get(gift.to()));
            }
        }
        if (!heirs.isEmpty()) {
            tally.add("given", give(heirs));
        }
    }

    /** Gives a bot to each of the heirs, as far as a round goes. */
    private int give(List<Neighbour> heirs) {
        Iterator<Neighbour> next = heirs.iterator();
        List<BotId> mine = holders.heldBy(nodes.self());
        List<HandOver.Gift> quiet = gifts(mine.stream().filter(this::quiet).toList(), next, MOST_QUIET);
        List<HandOver.Gift> busy = gifts(mine.stream().filter(this::busy).toList(), next, MOST_BUSY);
        return handOver.giveQuiet(quiet, HandOver.Why.EVEN_OUT) + handOver.give(busy, PATIENCE, HandOver.Why.EVEN_OUT);
    }

    private static List<HandOver.Gift> gifts(List<BotId> bots, Iterator<Neighbour> heirs, int most) {
        List<HandOver.Gift> gifts = new ArrayList<>();
        for (Iterator<BotId> bot = bots.iterator(); bot.hasNext() && heirs.hasNext() && gifts.size() < most; ) {
            gifts.add(new HandOver.Gift(bot.next(), heirs.next()));
        }
        return gifts;
    }

    private boolean quiet(BotId bot) {
        HeldBot lane = lanes.held(bot);
        return lane == null || (!lane.polled && lanes.quiet(bot));
    }

    private boolean busy(BotId bot) {
        HeldBot lane = lanes.held(bot);
        return lane != null && lane.started && !quiet(bot);
    }
}
