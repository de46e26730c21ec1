package io.holdfast.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.holdfast.admin.RawApi.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@TestMethodOrder(OrderAnnotation.class)
class AdminApiIT {
    private static ApiInstallation installation;
    private static RawApi api;

    @BeforeAll
    static void boot() throws Exception {
        installation = new ApiInstallation();
        api = installation.api;
        assertThat(bootstrap(ApiInstallation.random(32)).problem()).isEqualTo("admin:bootstrap-refused");
        String secret = installation.bootstrapSecret();
        Reply first = bootstrap(secret);
        assertThat(first.status()).isEqualTo(201);
        Reply second = bootstrap(secret);
        assertThat(second.status()).isEqualTo(401);
        assertThat(second.problem()).isEqualTo("admin:bootstrap-refused");
        assertThat(installation.server.bootstrapSecret()).doesNotExist();
        api.use(first.json().path("token").asText());
    }

    @AfterAll
    static void stop() {
        installation.close();
    }

    private static Reply bootstrap(String secret) {
        return api.post("/api/v1/bootstrap", """
                {"secret": "%s", "username": "ada", "password": "%s"}""".formatted(secret, ApiInstallation.random(16)));
    }

    @Test
    @Order(1)
    void bad_bodies_are_told_field_by_field() {
        Reply unknown = api.post("/api/v1/tenants", "{\"name\": \"\", \"colour\": \"red\", \"a/b~c\": 1}");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.problem()).isEqualTo("admin:invalid-fields");
        assertThat(unknown.pointers()).containsExactlyInAnyOrder("/name", "/colour", "/a~1b~0c");
        for (String body : List.of(
                "{\"name\":", "[]", "\"x\"", "", "{\"name\":\"a\",\"name\":\"b\"}", "{} {}", "[".repeat(5000))) {
            Reply malformed = api.post("/api/v1/tenants", body);
            assertThat(malformed.status()).as(body).isEqualTo(400);
            assertThat(malformed.problem()).as(body).isEqualTo("admin:malformed-json");
        }
        assertThat(api.post("/api/v1/tenants", "{\"name\":\"" + "x".repeat(300_000) + "\"}")
                        .status())
                .isEqualTo(413);
        assertThat(api.post("/api/v1/bots", "{}").pointers())
                .containsExactlyInAnyOrder("/tenantId", "/token", "/name", "/access");
    }

    @Test
    @Order(1)
    void a_missing_body_and_another_type_are_refused() {
        assertThat(api.send("POST", "/api/v1/tenants", null, "Content-Length", "0")
                        .status())
                .isBetween(400, 415);
        byte[] body = RawApi.bytes("{\"name\": \"typed\"}");
        for (String type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded", "garbage")) {
            Reply refused = api.send("POST", "/api/v1/tenants", body, "Content-Type", type);
            assertThat(refused.status()).as(type).isBetween(400, 415);
            assertThat(refused.json().path("requestId").asText()).as(type).isNotEmpty();
        }
        Reply packed = api.send(
                "POST", "/api/v1/tenants", body, "Content-Type", "application/json", "Content-Encoding", "gzip");
        assertThat(packed.problem()).isEqualTo("admin:unsupported-media-type");
    }

    @Test
    @Order(1)
    void unknown_addresses_and_methods_are_problems() {
        Reply unknown = api.get("/api/v1/nothing");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.problem()).isEqualTo("admin:not-found");
        assertThat(unknown.header("Content-Type")).hasValue("application/problem+json");
        Reply method = api.send("PATCH", "/api/v1/tenants", RawApi.bytes("{}"), "Content-Type", "application/json");
        assertThat(method.status()).isEqualTo(405);
        assertThat(method.header("Allow").orElse("")).contains("POST");
        for (String path : List.of("/api/v1/bots/999999999", "/api/v1/bots/x", "/api/v1/bots/999999999/settings")) {
            assertThat(api.get(path).status()).as(path).isEqualTo(404);
        }
        assertThat(api.delete("/api/v1/bots/999999999").status()).isEqualTo(404);
        assertThat(api.put("/api/v1/bots/999999999/settings", "{}").status()).isEqualTo(404);
    }

    @Test
    @Order(1)
    void only_a_valid_token_lets_in() throws Exception {
        String over = ApiInstallation.random(32);
        installation.database.execute("""
                insert into api_token (token_hash, operator_id, expires_at)
                select '\\x%s', operator_id, now() - interval '1 second' from operator limit 1""".formatted(HexFormat.of().formatHex(Sha256.of(over))));
        for (String header :
                List.of("", "Bearer", "Bearer " + ApiInstallation.random(32), "Bearer " + over, "Basic YTpi")) {
            Reply refused = api.get("/api/v1/bots", "Authorization", header);
            assertThat(refused.status()).as(header).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).as(header).hasValue("Bearer realm=\"holdfast\"");
            assertThat(refused.problem()).as(header).isEqualTo("admin:unauthenticated");
        }
        assertThat(installation.number("select count(*) from api_token where expires_at < now()"))
                .isEqualTo(1);
    }

    @Test
    @Order(1)
    void a_tenants_name_is_taken_once() {
        Reply made = api.post("/api/v1/tenants", "{\"name\": \"Acme\"}");
        assertThat(made.status()).isEqualTo(201);
        Reply again = api.post("/api/v1/tenants", "{\"name\": \"Acme\"}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.problem()).isEqualTo("tenant:name-taken");
        assertThat(api.get("/api/v1/tenants/" + made.json().path("id").asText())
                        .json()
                        .path("name")
                        .asText())
                .isEqualTo("Acme");
    }

    @Test
    @Order(1)
    void every_answer_has_a_request_id_and_only_a_harmless_one_is_echoed() {
        assertThat(api.get("/api/v1/nodes", "X-Request-Id", "mine-1.a_B").header("X-Request-Id"))
                .hasValue("mine-1.a_B");
        for (String evil : List.of("a b", "x".repeat(65), "${jndi:x}", "<b>", "ä")) {
            Reply reply = api.get("/api/v1/nothing", "X-Request-Id", evil);
            String id = reply.header("X-Request-Id").orElse("");
            assertThat(id).matches("[A-Za-z0-9_-]{12}");
            assertThat(reply.json().path("requestId").asText()).isEqualTo(id);
        }
    }

    @Test
    @Order(1)
    void the_openapi_document_has_each_call_with_an_example() {
        JsonNode paths = api.get("/openapi?format=json").json().path("paths");
        List<String> calls = List.of(
                "post /api/v1/bootstrap",
                "post /api/v1/tenants",
                "get /api/v1/tenants/{id}",
                "post /api/v1/bots",
                "get /api/v1/bots",
                "get /api/v1/bots/{id}",
                "delete /api/v1/bots/{id}",
                "get /api/v1/bots/{id}/settings",
                "put /api/v1/bots/{id}/settings",
                "get /api/v1/messages",
                "get /api/v1/messages/{id}/timeline",
                "get /api/v1/event-log",
                "get /api/v1/sends",
                "post /api/v1/sends/{botId}/{id}/mark-delivered",
                "post /api/v1/sends/{botId}/{id}/send-again",
                "get /api/v1/nodes");
        for (String call : calls) {
            String method = call.substring(0, call.indexOf(' '));
            JsonNode operation =
                    paths.path(call.substring(call.indexOf(' ') + 1)).path(method);
            assertThat(operation.isObject()).as(call).isTrue();
            List<JsonNode> contents =
                    new ArrayList<>(operation.path("responses").findValues("application/json"));
            contents.addAll(operation.path("requestBody").findValues("application/json"));
            assertThat(contents.size())
                    .as(call)
                    .isEqualTo(
                            "delete".equals(method)
                                    ? 0
                                    : "get".equals(method) || call.startsWith("post /api/v1/sends/") ? 1 : 2);
            assertThat(contents).as(call).allMatch(content -> content.has("example"));
        }
    }

    @Test
    @Order(1)
    void garbage_is_refused_without_a_failure_of_ours() {
        GarbageRequests garbage = new GarbageRequests(20260105);
        for (int i = 0; i < 200; i++) {
            GarbageRequests.Request request = garbage.next();
            Reply reply = api.send(request.method(), request.path(), request.body(), request.headers());
            assertThat(reply.status()).as(request.toString()).isLessThan(500);
            assertThat(reply.text()).as(request.toString()).doesNotContain("at io.holdfast", "Exception");
        }
    }

    @Test
    @Order(2)
    void with_the_database_away_calls_say_503_and_never_500() throws Exception {
        Set<String> answers = ConcurrentHashMap.newKeySet();
        AtomicBoolean over = new AtomicBoolean();
        try (ExecutorService callers = Executors.newFixedThreadPool(6)) {
            List<Future<?>> running = new ArrayList<>();
            for (int caller = 0; caller < 6; caller++) {
                running.add(callers.submit(() -> {
                    while (!over.get()) {
                        Reply reply =
                                api.post("/api/v1/tenants", "{\"name\": \"%s\"}".formatted(ApiInstallation.random(12)));
                        answers.add(reply.status() + reply.header("Retry-After").orElse(""));
                    }
                }));
            }
            await().until(() -> answers.contains("201"));
            for (int outage = 0; outage < 3; outage++) {
                answers.remove("5035");
                installation.database.stopImmediately();
                await().until(() -> answers.contains("5035"));
                answers.remove("201");
                installation.database.restart();
                await().atMost(Duration.ofMinutes(1)).until(() -> answers.contains("201"));
            }
            over.set(true);
            for (Future<?> caller : running) {
                caller.get();
            }
        }
        assertThat(answers).containsOnly("201", "5035");
    }

    @Nested
    class Bots extends BotApiCases {
        Bots() {
            super(installation);
        }
    }
}
