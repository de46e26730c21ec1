package io.holdfast.telegram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.holdfast.testkit.LocalDatabase;
import io.holdfast.testkit.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookIT {
    private static final long BOT = 987654321;
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private static final String ROUTE = random(16);
    private static final String SECRET = random(33);
    private static final HostileUpdates BODIES = new HostileUpdates(System.nanoTime());

    private static LocalDatabase database;
    private static ServerProcess server;

    @BeforeAll
    static void boot() throws SQLException {
        database = LocalDatabase.startTemporary();
        Map<String, String> environment = new TreeMap<>(database.environment());
        environment.put("HOLDFAST_TELEGRAM_API_URL", "http://127.0.0.1:9");
        server = ServerProcess.prepare(ServerProcess.built(), environment)
                .start()
                .awaitReady();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> send("POST", "/telegram/unknown", "").statusCode() == 404);
        registerBot();
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    private static void registerBot() throws SQLException {
        UUID tenant = UUID.randomUUID();
        database.execute("insert into tenant (tenant_id, name) values ('%s', 'webhook')".formatted(tenant));
        try (Connection connection = database.connect();
                var insert = connection.prepareStatement("""
                insert into bot (bot_id, tenant_id, name, username, access, state, intake, token_cipher, route,
                                 webhook_secret_hash)
                values (?, ?, 'demo', 'demo_bot', 'OPEN', 'STARTING', 'WEBHOOK', ''::bytea, ?, ?)""")) {
            insert.setLong(1, BOT);
            insert.setObject(2, tenant);
            insert.setString(3, ROUTE);
            insert.setBytes(4, WebhookSecret.sha256(SECRET));
            insert.executeUpdate();
        }
    }

    @Test
    void an_update_is_acknowledged_when_its_bytes_are_in_the_database() throws Exception {
        String update = BODIES.good("hällo 😀");
        HttpResponse<String> answer = deliver(update, Map.of());
        assertEmpty(200, answer);
        assertThat(answer.headers().firstValue("Content-Type")).isEmpty();
        assertThat(stored(update)).isEqualTo(1);
        assertEmpty(200, deliver(update, Map.of()));
        assertThat(stored(update)).isEqualTo(1);
    }

    @Test
    void unknown_kinds_and_fields_are_kept_and_counted_without_their_names() throws Exception {
        String update = """
                {"update_id":770001,"brand_new_kind":{"brand_new_field":1,"another_one":{}},"beside":2}""";
        assertEmpty(200, deliver(update, Map.of()));
        assertThat(stored(update)).isEqualTo(1);
        assertThat(send("GET", "/metrics", "").body())
                .containsPattern("bot_unknown_update_fields_total\\{[^}]*kind=\"other\"[^}]*} [0-9]")
                .containsPattern("bot_updates_total\\{[^}]*kind=\"other\"[^}]*} [0-9]")
                .doesNotContain("brand_new", "another_one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json; charset=UTF-8",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "text/html; charset=nonsense",
                "garbage",
                ";;;",
                "/",
                "a/b; c"
            })
    void the_content_type_and_what_may_be_accepted_do_not_matter(String type) throws Exception {
        for (String header : List.of("Content-Type", "Accept", "Accept-Language", "Accept-Charset", "Cookie")) {
            String update = BODIES.good("type");
            assertEmpty(200, deliver(update, Map.of(header, type)));
            assertThat(stored(update)).isEqualTo(1);
        }
    }

    @Test
    void what_is_parked_keeps_its_headers_without_its_secrets() throws Exception {
        String cookie = random(9);
        assertEmpty(200, deliver("no update at all", Map.of("Content-Type", "gar\tbage", "Cookie", "a=" + cookie)));
        assertThat(text("select detail from dead_letter where payload = 'no update at all'::bytea"))
                .containsIgnoringCase("Content-Type: gar")
                .doesNotContain(SECRET, cookie);
    }

    @Test
    void an_unknown_route_and_a_wrong_secret_look_the_same() throws Exception {
        String update = BODIES.good("secret");
        HttpResponse<String> wrong =
                send("POST", "/telegram/" + ROUTE, update, WebhookRequest.SECRET_HEADER, random(33));
        HttpResponse<String> unknown =
                send("POST", "/telegram/" + random(16), update, WebhookRequest.SECRET_HEADER, SECRET);
        assertEmpty(404, wrong);
        assertEmpty(404, unknown);
        assertThat(wrong.headers().map().keySet())
                .isEqualTo(unknown.headers().map().keySet());
        assertEmpty(404, send("POST", "/telegram/" + ROUTE, update));
        assertThat(stored(update)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "NONSENSE"})
    void other_methods_find_nothing(String method) throws Exception {
        assertEmpty(404, send(method, "/telegram/" + ROUTE, "", WebhookRequest.SECRET_HEADER, SECRET));
    }

    @Test
    void other_paths_find_nothing() throws Exception {
        for (String path : List.of("/telegram", "/telegram/", "/telegram/" + ROUTE + "/more", "/telegram/a/b/c")) {
            assertEmpty(404, send("POST", path, "{}", WebhookRequest.SECRET_HEADER, SECRET));
        }
    }

    @ParameterizedTest
    @MethodSource("traps")
    void a_hostile_body_is_acknowledged_and_parked_and_the_next_update_is_taken(HostileUpdates.Body body)
            throws Exception {
        long parkedBefore = count("select count(*) from dead_letter");
        HttpRequest.Builder request = request("/telegram/" + ROUTE).header(WebhookRequest.SECRET_HEADER, SECRET);
        if (body.gzip()) {
            request.header("Content-Encoding", "gzip");
        }
        assertEmpty(
                200,
                HTTP.send(
                        request.POST(BodyPublishers.ofByteArray(body.bytes())).build(),
                        BodyHandlers.ofString(StandardCharsets.UTF_8)));
        assertThat(count("select count(*) from dead_letter") - parkedBefore).isEqualTo(body.readable() ? 0 : 1);
        String next = BODIES.good("next");
        assertEmpty(200, deliver(next, Map.of()));
        assertThat(stored(next)).isEqualTo(1);
    }

    static List<HostileUpdates.Body> traps() {
        return BODIES.all();
    }

    private static HttpResponse<String> deliver(String update, Map<String, String> headers)
            throws IOException, InterruptedException {
        String[] pairs = headers.entrySet().stream()
                .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
                .toArray(String[]::new);
        HttpRequest.Builder request = request("/telegram/" + ROUTE).header(WebhookRequest.SECRET_HEADER, SECRET);
        if (pairs.length > 0) {
            request.headers(pairs);
        }
        return HTTP.send(
                request.POST(BodyPublishers.ofString(update, StandardCharsets.UTF_8))
                        .build(),
                BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = request(path);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(
                request.method(method, BodyPublishers.ofString(body)).build(),
                BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static HttpRequest.Builder request(String path) {
        URI url = server.url().resolve(path);
        return HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(30));
    }

    private static void assertEmpty(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEmpty();
    }

    private static long stored(String update) throws SQLException {
        try (Connection connection = database.connect();
                var select = connection.prepareStatement("select count(*) from inbox_update where payload = ?")) {
            select.setBytes(1, update.getBytes(StandardCharsets.UTF_8));
            try (var rows = select.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static String text(String sql) throws SQLException {
        try (Connection connection = database.connect();
                var select = connection.prepareStatement(sql);
                var rows = select.executeQuery()) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static long count(String sql) throws SQLException {
        try (Connection connection = database.connect();
                var select = connection.prepareStatement(sql);
                var rows = select.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
