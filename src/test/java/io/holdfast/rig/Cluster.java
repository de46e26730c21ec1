package io.holdfast.rig;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.LocalDatabase;
import io.holdfast.testkit.Ports;
import io.holdfast.testkit.ServerProcess;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Up to three servers from the zip as nodes of one installation, behind a {@link Front}, with a {@link Ledger} of what they do.
 *
 * <p>At size s all cells share one, each with bots of its own; it ends with the process.
 */
final class Cluster implements AutoCloseable {
    /** How long the others believe that a node lives after its last renewal. */
    static final Duration LEASE = Duration.ofSeconds(15);

    private static final List<String> NAMES = List.of("a", "b", "c");
    private static final AtomicReference<@Nullable Cluster> SHARED = new AtomicReference<>();

    private final Installation installation;
    private final List<Node> nodes;
    private final Front front;
    private final Ledger ledger;
    private int bots;

    private Cluster(Installation installation, List<Node> nodes, Ledger ledger) {
        this.installation = installation;
        this.nodes = List.copyOf(nodes);
        this.ledger = ledger;
        this.front = new Front(nodes);
        installation.simulator().route(front);
    }

    /** Opens a cluster of which so many nodes run, and no others. */
    static Cluster open(Cell cell, int running) {
        Cluster cluster = SHARED.get();
        if (cell.size() != Size.S || cluster == null) {
            cluster = start(cell);
        }
        if (cell.size() == Size.S) {
            SHARED.set(cluster);
        }
        cluster.front.routeByPath();
        cluster.installation.simulator().faults().clear();
        cluster.settle(running);
        cluster.front.forgetFailures();
        return cluster;
    }

    private static Cluster start(Cell cell) {
        List<Node.Place> places = new ArrayList<>();
        Installation first = Rig.install(
                cell,
                Rig.Plan.own(
                        SimulatorConfig.defaults(),
                        variables -> places.add(Node.Place.of(NAMES.getFirst(), variables, telegram(variables)))));
        List<Node> nodes = new ArrayList<>(List.of(places.getFirst().at(first.server())));
        Map<String, String> roles = new LinkedHashMap<>();
        roles.put(LocalDatabase.APPLICATION, NAMES.getFirst());
        for (String name : NAMES.subList(1, NAMES.size())) {
            String role = LocalDatabase.APPLICATION + "_" + name;
            first.database()
                    .execute("create role %s login password '%s' in role %s"
                            .formatted(role, first.database().applicationPassword(), LocalDatabase.APPLICATION));
            roles.put(role, name);
            nodes.add(another(first, name, role));
        }
        return new Cluster(first, nodes, Ledger.begin(first, roles));
    }

    private static URI telegram(Map<String, String> variables) {
        return URI.create(variables.getOrDefault("HOLDFAST_TELEGRAM_API_URL", ""));
    }

    /** All as the first one, but what tells them apart: name, ports, addresses, and here the database's role. */
    private static Node another(Installation first, String name, String role) {
        Map<String, String> variables = new HashMap<>(first.server().environment());
        Node.Place place = Node.Place.of(name, variables, telegram(variables));
        variables.put("HOLDFAST_HTTP_PORT", Integer.toString(Ports.free()));
        variables.put("HOLDFAST_DB_USER", role);
        return place.at(ServerProcess.prepare(UnpackedServer.folder(), variables));
    }

    /** Starts the first ones of the nodes, and stops the others. */
    private void settle(int running) {
        nodes.subList(0, running).stream()
                .filter(node -> !node.server().running())
                .forEach(node -> node.server().start());
        nodes.subList(0, running).forEach(Node::run);
        nodes.subList(running, nodes.size()).forEach(node -> {
            node.terminate();
            front.leave(node);
        });
        nodes.forEach(node -> node.internal().play(LinkScript.whole()));
    }

    /** Registers bots under the rig's settings and makes chats for them; nothing is said yet. */
    Load load(Cell cell, int botCount, int chats) {
        JsonNode settings = Rig.settings();
        List<SimBot> registered = new ArrayList<>();
        for (int i = 0; i < botCount; i++) {
            SimBot bot =
                    installation.registerBot("%s%d_bot".formatted(cell.name().replace('-', '_'), bots++));
            installation.client().putSettings(bot.id(), settings);
            registered.add(bot);
        }
        cell.verdict().fact("settings", settings);
        return new Load(installation, registered, chats);
    }

    Installation installation() {
        return installation;
    }

    Front front() {
        return front;
    }

    Ledger ledger() {
        return ledger;
    }

    Node node(int index) {
        return nodes.get(index);
    }

    List<Node> nodes() {
        return nodes;
    }

    /** The node that most of these bots live on. */
    Node fullest(List<SimBot> of) {
        Map<String, Long> homes = ledger.homes(of);
        return nodes.stream()
                .max(Comparator.comparingLong(node -> homes.getOrDefault(node.id(), 0L)))
                .orElseThrow();
    }

    /** Ends a cluster of the cell's own; a shared one stays for the next cell. */
    @Override
    public void close() {
        if (this == SHARED.get()) {
            return;
        }
        front.close();
        nodes.forEach(Node::close);
        installation.close();
    }
}
