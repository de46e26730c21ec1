package io.holdfast.local;

import io.holdfast.testkit.Folders;
import io.holdfast.testkit.HoldfastClient;
import io.holdfast.testkit.HoldfastClient.RefusedException;
import io.holdfast.testkit.LocalDatabase;
import io.holdfast.testkit.ServerProcess;
import io.holdfast.testkit.StartRefusedException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;

/** Makes the first operator, a tenant and the bot through the product's own REST, once; keeps the token usable. */
final class Registration {
    private static final int CONFLICT = 409;

    private final LocalSettings settings;
    private final ServerProcess server;
    private final LocalDatabase database;
    private final Memo memo;
    private final HoldfastClient client;

    Registration(LocalSettings settings, ServerProcess server, LocalDatabase database, Memo memo) {
        this.settings = settings;
        this.server = server;
        this.database = database;
        this.memo = memo;
        this.client = server.client();
    }

    Path tokenFile() {
        return settings.data().resolve("admin.token");
    }

    /** Returns the bot's id. */
    long register(String botToken, String name) {
        client.withToken(operatorToken());
        String key = "bot." + botToken.substring(0, Math.max(0, botToken.indexOf(':')));
        return memo.get(key).map(Long::valueOf).orElseGet(() -> {
            HoldfastClient.Bot bot = create(botToken, name);
            memo.put(key, Long.toString(bot.id()));
            return bot.id();
        });
    }

    private HoldfastClient.Bot create(String botToken, String name) {
        try {
            return client.createBot(tenant(), botToken, name, "open", settings.takeover());
        } catch (RefusedException e) {
            if (e.status() == CONFLICT && !settings.takeover()) {
                throw new StartRefusedException(
                        "The bot was not taken: %s Start with HOLDFAST_TAKEOVER=true to take it over."
                                .formatted(e.detail()),
                        e);
            }
            throw new StartRefusedException("The bot was not registered: " + e.detail(), e);
        }
    }

    private String tenant() {
        return memo.get("tenant").orElseGet(() -> {
            String id = client.createTenant("local");
            memo.put("tenant", id);
            return id;
        });
    }

    private String operatorToken() {
        String known = Folders.readIfThere(tokenFile());
        if (known != null) {
            prolong(known);
            return known;
        }
        byte[] password = new byte[18];
        new SecureRandom().nextBytes(password);
        String token = client.bootstrap(
                server.bootstrapSecret(), "local", HexFormat.of().formatHex(password));
        Folders.writeSecret(tokenFile(), token + System.lineSeparator());
        prolong(token);
        return token;
    }

    /** The first operator's token ends after an hour, and a local run has no other way back in. */
    private void prolong(String token) {
        try (Connection connection = database.connect();
                PreparedStatement update = connection.prepareStatement(
                        "update api_token set expires_at = now() + interval '7 days' where token_hash = ?")) {
            update.setBytes(
                    1,
                    MessageDigest.getInstance("SHA-256")
                            .digest(token.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            if (update.executeUpdate() != 1) {
                throw new StartRefusedException(
                        "The token in %s is not known to the database: delete the folder %s to begin anew."
                                .formatted(tokenFile(), settings.data()));
            }
        } catch (SQLException | NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
