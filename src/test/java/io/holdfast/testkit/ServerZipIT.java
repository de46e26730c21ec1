package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerZipIT {
    @TempDir
    private static Path folder;

    private static Path installation;
    private static LocalDatabase database;

    @BeforeAll
    static void unpack() {
        installation = ServerZip.unpack(folder);
        database = LocalDatabase.startTemporary();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void two_servers_run_side_by_side_from_environment_variables_alone_and_come_back_after_kill_9() {
        try (ServerProcess first = ServerProcess.prepare(installation, database.environment());
                ServerProcess second = ServerProcess.prepare(installation, database.environment())) {
            first.start();
            second.start().awaitReady();
            first.awaitReady();
            assertThat(first.ready()).isTrue();
            long before = first.pid();
            first.kill9();
            assertThat(ProcessHandle.of(before)).isEmpty();
            assertThat(second.ready()).isTrue();
            first.restart().awaitReady();
            assertThat(first.pid()).isNotEqualTo(before);
            second.terminate();
            assertThat(second.running()).isFalse();
        }
    }

    @Test
    void a_server_starts_from_an_archive_of_the_classes_that_an_earlier_start_noted() {
        ClassArchive archive = new ClassArchive(installation, folder);
        Map<String, String> variables = new TreeMap<>(database.environment());
        variables.putAll(archive.noting());
        try (ServerProcess noted = ServerProcess.prepare(installation, variables)) {
            noted.start().awaitReady();
        }
        archive.make();
        variables.putAll(archive.using());
        variables.merge("JVM_ARGS", " -Xlog:class+load", String::concat);
        try (ServerProcess server = ServerProcess.prepare(installation, variables)) {
            server.start().awaitReady();
            assertThat(server.log()).containsPattern("org\\.hibernate\\.\\S+ source: shared objects file");
        }
    }

    @Test
    void a_server_that_cannot_start_says_why() {
        Map<String, String> wrong = new TreeMap<>(database.environment());
        wrong.put("HOLDFAST_TELEGRAM_API_URL", "nowhere");
        try (ServerProcess server = ServerProcess.prepare(installation, wrong)) {
            assertThatThrownBy(() -> server.start().awaitReady())
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageStartingWith("Holdfast cannot start: holdfast.telegram.api-url must be");
            assertThat(server.running()).isFalse();
        }
    }

    @Test
    void a_node_that_is_told_to_stop_leaves_although_the_server_still_waits_for_a_request() throws Exception {
        try (ServerProcess server = ServerProcess.prepare(installation, database.environment())) {
            server.start().awaitReady();
            try (Socket request =
                    new Socket(server.url().getHost(), server.url().getPort())) {
                request.getOutputStream().write("""
                        POST /api/v1/bootstrap HTTP/1.1\r
                        Host: localhost\r
                        Content-Type: application/json\r
                        Content-Length: 100\r
                        \r
                        {""".getBytes(StandardCharsets.US_ASCII));
                ProcessHandle.of(server.pid()).orElseThrow().destroy();
                await().atMost(Duration.ofSeconds(20)).until(() -> left(server));
                assertThat(server.running()).isTrue();
            }
            server.awaitEnd();
            assertThat(server.exitCode()).isEqualTo(143);
        }
    }

    private static boolean left(ServerProcess server) throws SQLException {
        try (Connection connection = database.connect();
                PreparedStatement select =
                        connection.prepareStatement("select stopped_at is not null from node where node_id = ?")) {
            select.setString(1, server.environment().get("HOLDFAST_NODE_ID"));
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    @Test
    void the_zip_holds_no_logs_no_passwords_and_no_path_of_the_machine_that_built_it() throws IOException {
        List<String> names = ServerZip.names();
        assertThat(names)
                .contains(
                        "holdfast/bin/server",
                        "holdfast/usr/servers/holdfast/apps/holdfast.war",
                        "holdfast/usr/servers/holdfast/class-archive.sh",
                        "holdfast/usr/servers/holdfast/server.xml")
                .noneMatch(name -> name.contains("/logs/")
                        || (name.contains("/workarea/") && !name.endsWith("/.sLock"))
                        || name.endsWith(".p12")
                        || name.endsWith("ltpa.keys"));
        String here = Path.of("").toAbsolutePath().toString();
        Path server = installation.resolve("usr/servers/holdfast");
        try (Stream<Path> files = Files.walk(server)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(here)
                        .doesNotContain("keystore_password", "ltpa_keys_password");
            }
        }
    }
}
