package io.holdfast.rig;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.holdfast.simulator.ApiCall;
import io.holdfast.simulator.SimBot;
import io.holdfast.testkit.HoldfastClient;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Everything of an installation that a secret could leak to: its files, its tables, its answers. */
final class SearchedPlaces {
    private final Installation installation;
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final Map<String, String> routes = new LinkedHashMap<>();
    private final Map<String, String> answers = new LinkedHashMap<>();

    SearchedPlaces(Installation installation) {
        this.installation = installation;
        note("bearer token", String.valueOf(installation.client().token()));
    }

    void note(String name, String secret) {
        secrets.put(name, secret);
    }

    /** Registers a malformed token and one that nobody knows, and a good one with a mistake beside it. */
    void offerWrongTokens() {
        byte[] random = new byte[18];
        new SecureRandom().nextBytes(random);
        String tail = HexFormat.of().formatHex(random).substring(1);
        offer("unknown token", "471100:" + tail, "wrong");
        offer("malformed token", "no token " + tail.substring(7), "wrong");
        offer("token beside a mistake", "471200:" + tail.substring(2) + "xy", " wrong ");
    }

    private void offer(String what, String token, String name) {
        note(what, token);
        ObjectNode body = HoldfastClient.object()
                .put("tenantId", installation.tenant())
                .put("token", token)
                .put("name", name)
                .put("access", "open");
        keep(what, installation.client().send("POST", "/api/v1/bots", body));
    }

    /** Where which secret was found; empty is good. */
    List<String> search() throws SQLException {
        for (SimBot bot : installation.bots()) {
            note("token of " + bot.username(), bot.token());
            for (ApiCall call : installation.simulator().journal().calls(bot, "setWebhook")) {
                String url = String.valueOf(call.parameter("url"));
                note("webhook secret " + call.seq(), String.valueOf(call.parameter("secret_token")));
                routes.put("route of " + bot.username(), url.substring(url.lastIndexOf('/') + 1));
            }
        }
        readAnswers();
        SecretSearch search = new SecretSearch(secrets);
        List<String> found = new ArrayList<>();
        try (Connection connection = installation.database().connectAsOwner()) {
            found.addAll(search.inTables(connection));
        }
        Map<String, String> hidden = new LinkedHashMap<>(secrets);
        hidden.putAll(routes);
        SecretSearch strict = new SecretSearch(hidden);
        found.addAll(strict.inFiles(folder()));
        answers.forEach((place, text) -> found.addAll(strict.inText(place, text)));
        return found;
    }

    /** Which kinds of places hold a text that is no secret: proves that the search sees them. */
    List<String> control(String text) throws SQLException {
        SecretSearch search = new SecretSearch(Map.of("text", text));
        List<String> seen = new ArrayList<>();
        try (Connection connection = installation.database().connectAsOwner()) {
            if (!search.inTables(connection).isEmpty()) {
                seen.add("tables");
            }
        }
        if (!new SecretSearch(Map.of("text", "Holdfast is ready"))
                .inFiles(folder())
                .isEmpty()) {
            seen.add("files");
        }
        if (!search.inText("all answers", answers.values().toString()).isEmpty()) {
            seen.add("answers");
        }
        return seen;
    }

    private Path folder() {
        return Objects.requireNonNull(installation.server().console().getParent());
    }

    private void readAnswers() {
        List<String> paths = new ArrayList<>(List.of(
                "/metrics",
                "/openapi",
                "/health",
                "/api/v1/bots",
                "/api/v1/nodes",
                "/api/v1/messages",
                "/api/v1/tenants/" + installation.tenant(),
                "/api/v1/tenants/" + UUID.randomUUID()));
        for (SimBot bot : installation.bots()) {
            paths.add("/api/v1/bots/" + bot.id());
            paths.add("/api/v1/bots/%d/settings".formatted(bot.id()));
            paths.add("/api/v1/messages?limit=200&botId=" + bot.id());
        }
        paths.forEach(path -> keep(path, installation.client().send("GET", path, null)));
    }

    private void keep(String place, HoldfastClient.Answer answer) {
        answers.put(place, answer.status() + " " + answer.headers().map() + " " + answer.text());
    }
}
