package io.holdfast.rig;

import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.Simulator;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.HoldfastClient;
import io.holdfast.testkit.LocalDatabase;
import io.holdfast.testkit.Ports;
import io.holdfast.testkit.ServerProcess;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A database, a simulator and one server, with a tenant whose bots are registered by REST; everything ends with it. */
public final class Installation implements AutoCloseable {
    private final LocalDatabase database;
    private final Simulator simulator;
    private final ServerProcess server;
    private final HoldfastClient client;
    private final List<SimBot> bots = new ArrayList<>();
    private String tenant = "";

    private Installation(LocalDatabase database, Simulator simulator, ServerProcess server) {
        this.database = database;
        this.simulator = simulator;
        this.server = server;
        this.client = server.client();
    }

    /** Starts everything and waits until the server is ready and a tenant is there. */
    public static Installation start(Path serverFolder, SimulatorConfig config) {
        LocalDatabase database = LocalDatabase.startTemporary();
        Simulator simulator = Simulator.start(config);
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("HOLDFAST_TELEGRAM_API_URL", withoutSlash(simulator.url()));
        int port = Ports.free();
        environment.put("HOLDFAST_HTTP_PORT", Integer.toString(port));
        environment.put("HOLDFAST_PUBLIC_URL", "http://127.0.0.1:" + port);
        ServerProcess server = ServerProcess.prepare(serverFolder, environment);
        Installation installation = new Installation(database, simulator, server);
        try {
            server.start().awaitReady();
            installation.bootstrap();
            return installation;
        } catch (RuntimeException e) {
            installation.close();
            throw e;
        }
    }

    private void bootstrap() {
        client.bootstrap(server.bootstrapSecret(), "rig", UUID.randomUUID().toString());
        tenant = client.createTenant("rig");
    }

    /** Makes a bot at the simulator and registers it by REST. */
    public SimBot registerBot(String username) {
        SimBot bot = simulator.createBot(username, username);
        client.createBot(tenant, bot.token(), username);
        bots.add(bot);
        return bot;
    }

    public LocalDatabase database() {
        return database;
    }

    public Simulator simulator() {
        return simulator;
    }

    public ServerProcess server() {
        return server;
    }

    /** Speaks REST as the first administrator. */
    public HoldfastClient client() {
        return client;
    }

    public String tenant() {
        return tenant;
    }

    public List<SimBot> bots() {
        return List.copyOf(bots);
    }

    /** The one figure that the query answers, asked as the owner of the tables. */
    public long number(String sql) {
        try (Connection connection = database.connectAsOwner();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** How many updates, messages and due rows are not finished. */
    public long unfinished() {
        return number("""
                select (select count(*) from inbox_update where state in ('PENDING', 'RETRY'))
                     + (select count(*) from outbox_message where state in ('PENDING', 'RETRY', 'SENDING'))
                     + (select count(*) from due)
                """);
    }

    @Override
    public void close() {
        server.close();
        simulator.close();
        database.close();
    }

    private static String withoutSlash(URI url) {
        String text = url.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }
}
