package io.holdfast.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A thin client of the product's REST under /api/v1; safe for several threads once it has its token. */
public final class HoldfastClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private volatile @Nullable String token;

    /** What came back; the body is a missing node where it was no JSON. */
    public record Answer(int status, JsonNode body, HttpHeaders headers, String text) {
        public boolean ok() {
            return status / 100 == 2;
        }
    }

    /** A bot as its creation answers. */
    public record Bot(long id, String username, String state) {}

    /** An answer that was not the one asked for; carries the problem's own words. */
    public static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int status;
        private final String detail;

        RefusedException(String call, Answer answer) {
            super("%s was answered %d: %s".formatted(call, answer.status(), words(answer)));
            this.status = answer.status();
            this.detail = words(answer);
        }

        private static String words(Answer answer) {
            String detail = answer.body().path("detail").asText();
            return detail.isEmpty() ? answer.text() : detail;
        }

        public int status() {
            return status;
        }

        /** The problem's own words. */
        public String detail() {
            return detail;
        }
    }

    public HoldfastClient(URI base) {
        this.base = base;
    }

    /** Uses a token that was got before. */
    public HoldfastClient withToken(String value) {
        this.token = value;
        return this;
    }

    /** The bearer token in use, or null before one was got. */
    public @Nullable String token() {
        return token;
    }

    /** Makes the first administrator with the one-time secret that the server wrote, and uses the token it gives. */
    public String bootstrap(Path secretFile, String username, String password) {
        try {
            ObjectNode body = object().put(
                            "secret", Files.readString(secretFile).strip())
                    .put("username", username)
                    .put("password", password);
            String value =
                    demand("POST", "/api/v1/bootstrap", body, 201).path("token").asText();
            token = value;
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException("The bootstrap secret cannot be read", e);
        }
    }

    public String createTenant(String name) {
        return demand("POST", "/api/v1/tenants", object().put("name", name), 201)
                .path("id")
                .asText();
    }

    /** Registers a bot by its token, open to everybody. */
    public Bot createBot(String tenantId, String botToken, String name) {
        return createBot(tenantId, botToken, name, "open", false);
    }

    public Bot createBot(String tenantId, String botToken, String name, String access, boolean takeover) {
        ObjectNode body = object().put("tenantId", tenantId)
                .put("token", botToken)
                .put("name", name)
                .put("access", access)
                .put("takeover", takeover);
        JsonNode bot = demand("POST", "/api/v1/bots", body, 201);
        return new Bot(
                bot.path("id").asLong(),
                bot.path("username").asText(),
                bot.path("state").asText());
    }

    /** The bot with its state and webhook. */
    public JsonNode bot(long id) {
        return demand("GET", "/api/v1/bots/" + id, null, 200);
    }

    public void deleteBot(long id) {
        Answer answer = send("DELETE", "/api/v1/bots/" + id, null);
        if (!answer.ok()) {
            throw new RefusedException("DELETE bot", answer);
        }
    }

    /** Changes the keys that are given: throttle, pacing, batching. */
    public JsonNode putSettings(long botId, JsonNode settings) {
        return demand("PUT", "/api/v1/bots/" + botId + "/settings", settings, 200);
    }

    /** One page of a bot's messages: items and next. */
    public JsonNode messages(long botId, @Nullable String cursor, int limit) {
        String path = "/api/v1/messages?botId=%d&limit=%d".formatted(botId, limit)
                + (cursor == null ? "" : "&cursor=" + URLEncoder.encode(cursor, StandardCharsets.UTF_8));
        return demand("GET", path, null, 200);
    }

    /** An empty JSON object to fill. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private JsonNode demand(String method, String path, @Nullable JsonNode body, int status) {
        Answer answer = send(method, path, body);
        if (answer.status() != status) {
            throw new RefusedException(method + " " + path, answer);
        }
        return answer.body();
    }

    /** Any call, any answer. */
    public Answer send(String method, String path, @Nullable JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .header("Accept", "application/json, application/problem+json, text/plain;q=0.5")
                .method(
                        method,
                        body == null
                                ? BodyPublishers.noBody()
                                : BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        String bearer = token;
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        return exchange(request.build());
    }

    private Answer exchange(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Answer(response.statusCode(), parsed(response.body()), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while calling " + request.uri(), e);
        }
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            return JsonNodeFactory.instance.missingNode();
        }
    }
}
