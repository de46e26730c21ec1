package io.holdfast.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalDatabaseIT {
    private static LocalDatabase database;

    @BeforeAll
    static void start() {
        database = LocalDatabase.startTemporary();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void what_is_committed_is_on_the_disk() throws SQLException {
        try (Connection connection = database.connectAsApplication()) {
            assertThat(show(connection, "fsync")).isEqualTo("on");
            assertThat(show(connection, "synchronous_commit")).isEqualTo("on");
            assertThat(show(connection, "full_page_writes")).isEqualTo("on");
        }
    }

    @Test
    void sessions_are_not_in_utc() throws SQLException {
        try (Connection connection = database.connectAsApplication()) {
            assertThat(show(connection, "timezone")).isEqualTo(LocalDatabase.TEST_TIME_ZONE);
        }
    }

    @Test
    void only_loopback_is_listened_to_and_passwords_are_asked_for() throws SQLException {
        try (Connection connection = database.connect()) {
            assertThat(show(connection, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(show(connection, "unix_socket_directories")).isEmpty();
        }
        assertThatThrownBy(() -> DriverManager.getConnection(
                                database.url(), LocalDatabase.APPLICATION, LocalDatabase.randomPassword())
                        .close())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password authentication failed");
    }

    @Test
    void the_owner_may_create_tables_and_the_application_may_not() throws SQLException {
        try (Connection owner = database.connectAsOwner();
                Statement statement = owner.createStatement()) {
            statement.execute("create table owned (id int)");
        }
        try (Connection application = database.connectAsApplication();
                Statement statement = application.createStatement()) {
            assertThatThrownBy(() -> statement.execute("create table mine (id int)"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void a_commit_outlives_an_immediate_stop_and_the_port_stays() throws SQLException {
        try (LocalDatabase crashing = LocalDatabase.startTemporary()) {
            int port = crashing.port();
            crashing.execute("create table kept (id int)", "insert into kept values (42)");
            crashing.stopImmediately();
            assertThat(crashing.running()).isFalse();
            crashing.restart();
            assertThat(crashing.port()).isEqualTo(port);
            try (Connection connection = crashing.connect();
                    Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select id from kept")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(42);
            }
        }
    }

    @Test
    void a_given_folder_keeps_its_data_and_its_password_is_private(@TempDir Path folder)
            throws IOException, SQLException {
        try (LocalDatabase first = LocalDatabase.startIn(folder, Ports.free())) {
            first.execute("create table kept (id int)");
            assertThatThrownBy(() -> LocalDatabase.startIn(folder, Ports.free()))
                    .isInstanceOf(StartRefusedException.class)
                    .hasMessageContaining("already runs");
        }
        Files.writeString(
                folder.resolve("pgdata/postmaster.pid"), ProcessHandle.current().pid() + "\n");
        try (LocalDatabase second = LocalDatabase.startIn(folder, Ports.free());
                Connection connection = second.connect()) {
            assertThat(connection
                            .createStatement()
                            .executeQuery("select * from kept")
                            .next())
                    .isFalse();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("superuser.password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void a_folder_with_other_files_or_half_a_database_is_refused(@TempDir Path folder) throws IOException {
        Path filled = Files.createDirectories(folder.resolve("filled"));
        Files.writeString(filled.resolve("letter.txt"), "Dear reader");
        assertThatThrownBy(() -> LocalDatabase.startIn(filled, Ports.free()))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("holds other files");
        Path half = folder.resolve("half");
        Files.createDirectories(half.resolve("pgdata"));
        assertThatThrownBy(() -> LocalDatabase.startIn(half, Ports.free()))
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining("no complete database");
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show " + setting)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
