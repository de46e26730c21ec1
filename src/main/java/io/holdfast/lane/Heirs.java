package io.holdfast.lane;

import io.holdfast.kernel.BotId;
import io.holdfast.node.Neighbour;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Which of the living nodes takes a bot that a dead node has left: rendezvous hashing, so that all who look at the same nodes say
 * the same, each node gets its part, and a node more or less moves no bot between the others.
 */
final class Heirs {
    private final List<Neighbour> takers;

    private Heirs(List<Neighbour> takers) {
        this.takers = takers;
    }

    static Heirs among(List<Neighbour> nodes) {
        return new Heirs(nodes.stream().filter(Neighbour::takes).toList());
    }

    /** The same without one node. */
    Heirs without(String node) {
        return new Heirs(
                takers.stream().filter(taker -> !taker.id().equals(node)).toList());
    }

    /** Empty where no node takes bots. */
    Optional<Neighbour> of(BotId bot) {
        return takers.stream()
                .max(Comparator.comparingLong((Neighbour taker) -> weight(taker.id(), bot))
                        .thenComparing(Neighbour::id));
    }

    private static long weight(String node, BotId bot) {
        long hash = 0xcbf29ce484222325L;
        for (byte each : node.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * 0x100000001b3L;
        }
        return mixed(mixed(hash) ^ mixed(bot.value()));
    }

    /** The finalizer of SplitMix64: names and ids that are alike must not weigh alike. */
    private static long mixed(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
