package io.holdfast.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many bots each node should give to which other one, so that all hold about as many.
 *
 * <p>A node gives when it holds more than its share and a little; others get up to their share. All surpluses and all gaps are laid
 * side by side in the order of the nodes' names, and each giver fills the gaps that lie beside its own surplus: nodes that see the same numbers
 * never fill one gap twice.
 */
final class Shares {
    /** One in so many of a share is no reason to move bots; nor is a single one. */
    private static final int SLACK = 20;

    private final TreeMap<String, Integer> held;
    private final int share;

    Shares(Map<String, Integer> held) {
        this.held = new TreeMap<>(held);
        int total = held.values().stream().mapToInt(Integer::intValue).sum();
        this.share = Math.ceilDiv(total, Math.max(1, held.size()));
    }

    /** One node's part of a gift. */
    record Gift(String to, int bots) {}

    /** What this node gives. */
    List<Gift> giftsOf(String node) {
        int from = 0;
        for (Map.Entry<String, Integer> entry : held.headMap(node).entrySet()) {
            from += surplus(entry.getValue());
        }
        int until = from + surplus(held.getOrDefault(node, 0));
        List<Gift> gifts = new ArrayList<>();
        int gapBegins = 0;
        for (Map.Entry<String, Integer> entry : held.entrySet()) {
            int gapEnds = gapBegins + Math.max(0, share - entry.getValue());
            int bots = Math.min(until, gapEnds) - Math.max(from, gapBegins);
            if (bots > 0) {
                gifts.add(new Gift(entry.getKey(), bots));
            }
            gapBegins = gapEnds;
        }
        return gifts;
    }

    private int surplus(int bots) {
        return bots > share + Math.max(1, share / SLACK) ? bots - share : 0;
    }
}
