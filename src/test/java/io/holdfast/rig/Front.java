package io.holdfast.rig;

import io.holdfast.simulator.DeliveryRoute;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * The load balancer before a cluster: a delivery that fails at one node goes to the next at once.
 *
 * <p>A node that failed once is asked last until its readiness check is good again. No check has to find a dead node first: what
 * HAProxy does with {@code retry-on}, {@code redispatch} and {@code on-error mark-down}.
 */
final class Front implements DeliveryRoute, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long CHECK_NANOS = 250_000_000;

    private final List<Node> nodes;
    private final Set<Node> out = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> failures = new TreeMap<>();
    private volatile Function<URI, List<Node>> order = this::byPath;
    private volatile boolean closed;

    Front(List<Node> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** Each path has a node of its own, and a second one for when that is gone. */
    void routeByPath() {
        order = this::byPath;
    }

    /** Each delivery goes to any node. */
    void routeAtRandom() {
        order = webhook -> {
            List<Node> shuffled = new ArrayList<>(nodes);
            Collections.shuffle(shuffled);
            return shuffled;
        };
    }

    /** All deliveries go to one node while it takes them. */
    void routeTo(Node node) {
        order = webhook -> {
            List<Node> sorted = new ArrayList<>(nodes);
            sorted.remove(node);
            sorted.addFirst(node);
            return sorted;
        };
    }

    /** Rendezvous hashing: a node that leaves or comes moves its own paths only. */
    private List<Node> byPath(URI webhook) {
        return nodes.stream()
                .sorted(Comparator.comparingInt(node -> mixed(webhook.getPath() + node.id())))
                .toList();
    }

    private static int mixed(String text) {
        int hash = text.hashCode() * 0x9E3779B9;
        return (hash ^ (hash >>> 15)) * 0x85EBCA6B;
    }

    @Override
    public List<URI> places(URI webhook) {
        List<Node> sorted = new ArrayList<>(order.apply(webhook));
        sorted.sort(Comparator.comparing(out::contains));
        return sorted.stream().map(Node::url).toList();
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public void failed(URI place, String reason) {
        synchronized (failures) {
            failures.merge(reason, 1L, Long::sum);
        }
        nodes.stream().filter(node -> node.url().equals(place)).forEach(this::leave);
    }

    /** Asks the node last until it is ready. */
    void leave(Node node) {
        if (out.add(node)) {
            Thread.ofVirtual().name("front-check-" + node).start(() -> {
                while (!closed && !node.server().ready()) {
                    LockSupport.parkNanos(CHECK_NANOS);
                }
                out.remove(node);
            });
        }
    }

    /** How many tries failed so far, by reason; most of them were repeated elsewhere. */
    Map<String, Long> failures() {
        synchronized (failures) {
            return new TreeMap<>(failures);
        }
    }

    /** Begins to count anew. */
    void forgetFailures() {
        synchronized (failures) {
            failures.clear();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
