package io.holdfast.rig;

import io.holdfast.simulator.ApiCall;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.Simulator;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.HoldfastClient;
import io.holdfast.testkit.LocalDatabase;
import io.holdfast.testkit.Ports;
import io.holdfast.testkit.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

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
        return start(serverFolder, config, variables -> {});
    }

    /** As {@link #start(Path, SimulatorConfig)}; {@code wiring} may change the server's variables before its start. */
    static Installation start(Path serverFolder, SimulatorConfig config, Consumer<Map<String, String>> wiring) {
        return start(serverFolder, LocalDatabase.startTemporary(), config, wiring);
    }

    /** As the other one, on a database that was made before; it ends with the installation. */
    public static Installation start(
            Path serverFolder, LocalDatabase database, SimulatorConfig config, Consumer<Map<String, String>> wiring) {
        Simulator simulator = Simulator.start(config);
        Map<String, String> environment = new HashMap<>(database.environment());
        environment.put("HOLDFAST_TELEGRAM_API_URL", withoutSlash(simulator.url()));
        int port = Ports.free();
        environment.put("HOLDFAST_HTTP_PORT", Integer.toString(port));
        environment.put("HOLDFAST_PUBLIC_URL", "http://127.0.0.1:" + port);
        wiring.accept(environment);
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

    /** Prepares one more node on the same database, keyset and public address; the caller starts and closes it. */
    ServerProcess prepareNode() {
        Map<String, String> environment = new HashMap<>(server.environment());
        environment
                .keySet()
                .removeAll(List.of(
                        "HOLDFAST_NODE_ID",
                        "HOLDFAST_NODE_URL",
                        "HOLDFAST_HTTP_PORT",
                        "HOLDFAST_INTERNAL_PORT",
                        "HOLDFAST_BOOTSTRAP_SECRET_FILE"));
        return ServerProcess.prepare(ServerProcess.built(), environment);
    }

    private void bootstrap() {
        client.bootstrap(server.bootstrapSecret(), "rig", UUID.randomUUID().toString());
        tenant = client.createTenant("rig");
    }

    /** Makes a bot at the simulator and registers it by REST. */
    public SimBot registerBot(String username) {
        SimBot bot = simulator.createBot(username, username);
        client.createBot(tenant, bot.token(), username);
        client.putSettings(bot.id(), HoldfastClient.object().put("pacing", "platform"));
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

    /** Delivers by hand, with the address and the secret that Telegram was told. */
    public HttpResponse<String> deliver(SimBot bot, String update) throws IOException, InterruptedException {
        return deliver(server, bot, update);
    }

    /** As {@link #deliver(SimBot, String)}, to another node than the one that Telegram knows. */
    HttpResponse<String> deliver(ServerProcess node, SimBot bot, String update)
            throws IOException, InterruptedException {
        ApiCall told = simulator.journal().calls(bot, "setWebhook").getLast();
        String path = URI.create(String.valueOf(told.parameter("url"))).getPath();
        HttpRequest request = HttpRequest.newBuilder(node.url().resolve(path))
                .header("X-Telegram-Bot-Api-Secret-Token", String.valueOf(told.parameter("secret_token")))
                .POST(BodyPublishers.ofString(update))
                .timeout(Duration.ofMinutes(1))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, BodyHandlers.ofString());
        }
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

    /** The texts that the chat was sent, once there are as many. */
    public List<String> answers(SimChat chat, int count, Duration patience) {
        return simulator
                .journal()
                .awaitCalls(
                        call -> call.method().equals("sendMessage") && call.chatId() == chat.id() && call.accepted(),
                        count,
                        patience)
                .stream()
                .map(call -> String.valueOf(call.parameter("text")))
                .toList();
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
