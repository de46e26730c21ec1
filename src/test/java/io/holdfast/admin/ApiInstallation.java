package io.holdfast.admin;

import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.Simulator;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.LocalDatabase;
import io.holdfast.testkit.Ports;
import io.holdfast.testkit.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** A database, a simulator and a server that nobody has called yet. */
final class ApiInstallation implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    final LocalDatabase database = LocalDatabase.startTemporary();
    final Simulator simulator = Simulator.start(SimulatorConfig.defaults().withTimeScale(8));
    final ServerProcess server;
    final RawApi api;

    ApiInstallation() {
        this(Map.of());
    }

    /** With these variables besides. */
    ApiInstallation(Map<String, String> more) {
        int port = Ports.free();
        String telegram = simulator.url().toString();
        Map<String, String> environment = new TreeMap<>(database.environment());
        environment.put("HOLDFAST_TELEGRAM_API_URL", telegram.substring(0, telegram.length() - 1));
        environment.put("HOLDFAST_HTTP_PORT", Integer.toString(port));
        environment.put("HOLDFAST_PUBLIC_URL", "http://127.0.0.1:" + port);
        environment.putAll(more);
        server = ServerProcess.prepare(ServerProcess.built(), environment);
        server.start().awaitReady();
        api = new RawApi(server.url());
    }

    String bootstrapSecret() throws IOException {
        return Files.readString(server.bootstrapSecret()).strip();
    }

    /** The body that registers the bot, with another name each time. */
    String registration(String tenant, SimBot bot, boolean takeover) {
        return """
                {"tenantId": "%s", "token": "%s", "name": "%s", "access": "open", "takeover": %b}""".formatted(tenant, bot.token(), bot.username(), takeover);
    }

    long number(String sql) throws SQLException {
        try (Connection connection = database.connectAsOwner();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    @Override
    public void close() {
        server.close();
        simulator.close();
        database.close();
    }
}
