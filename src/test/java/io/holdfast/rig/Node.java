package io.holdfast.rig;

import io.holdfast.testkit.Ports;
import io.holdfast.testkit.ServerProcess;
import java.net.URI;
import java.util.Map;

/** One server of a {@link Cluster}, known by its name to the database and to Telegram; the other nodes reach it through a proxy. */
final class Node {
    private final String id;
    private final ServerProcess server;
    private final FaultProxy internal;

    private Node(String id, ServerProcess server, FaultProxy internal) {
        this.id = id;
        this.server = server;
        this.internal = internal;
    }

    /** The place of a server among others: its name, and the address at which the others reach it. */
    record Place(String id, FaultProxy internal) {

        /** Finds a port for the internal calls and puts a proxy before it. */
        static Place of(String id, Map<String, String> variables, URI telegram) {
            int port = Ports.free();
            FaultProxy internal = new FaultProxy(port);
            variables.put("HOLDFAST_NODE_ID", id);
            variables.put("HOLDFAST_INTERNAL_PORT", Integer.toString(port));
            variables.put("HOLDFAST_NODE_URL", "http://127.0.0.1:" + internal.port());
            variables.put(
                    "HOLDFAST_TELEGRAM_API_URL", telegram.resolve("/as/" + id).toString());
            return new Place(id, internal);
        }

        Node at(ServerProcess server) {
            return new Node(id, server, internal);
        }
    }

    String id() {
        return id;
    }

    URI url() {
        return server.url();
    }

    ServerProcess server() {
        return server;
    }

    /** What the calls of the other nodes to this one go through. */
    FaultProxy internal() {
        return internal;
    }

    /** Starts where it does not run, and waits until it is ready. */
    void run() {
        if (!server.running()) {
            server.start();
        }
        server.awaitReady();
    }

    void kill9() {
        server.kill9();
    }

    /** SIGTERM, and waits for the exit. */
    void terminate() {
        server.terminate();
    }

    void close() {
        server.close();
        internal.close();
    }

    @Override
    public String toString() {
        return id;
    }
}
