package io.holdfast.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Map;

/**
 * A real PostgreSQL on 127.0.0.1 with the database, roles and passwords that a server needs.
 *
 * <p>Durable as in production: fsync, synchronous_commit and full_page_writes are on. Passwords are made at run time. A
 * temporary one lives in a folder of its own that {@link #close()} deletes, and every session of its database begins in a
 * time zone that is not UTC, whatever the driver asks for; one in a given folder keeps its data and its superuser's
 * password there. Not safe for use by several threads, apart from the connections.
 */
public final class LocalDatabase implements AutoCloseable {
    public static final String NAME = "holdfast";
    public static final String OWNER = "holdfast_owner";
    public static final String APPLICATION = "holdfast_app";
    /** Chosen for its distance from UTC and its summer time. */
    public static final String TEST_TIME_ZONE = "America/Los_Angeles";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final PostgresInstance instance;
    private final boolean temporary;
    private final String ownerPassword = randomPassword();
    private final String applicationPassword = randomPassword();
    private final Thread lastResort = new Thread(this::stopImmediately, "postgresql-last-resort");

    private LocalDatabase(Path folder, int port, boolean temporary) {
        this.instance = new PostgresInstance(folder, port, temporary);
        this.temporary = temporary;
    }

    /** Starts one with empty data, on a free port, that ends with this process at the latest. */
    public static LocalDatabase startTemporary() {
        try {
            LocalDatabase database = new LocalDatabase(Files.createTempDirectory("holdfast-db"), Ports.free(), true);
            Runtime.getRuntime().addShutdownHook(database.lastResort);
            database.start();
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Starts one whose data are in the folder, made there when it is empty; the caller stops it.
     *
     * @throws StartRefusedException when the folder holds something else or a server already runs on it
     */
    public static LocalDatabase startIn(Path folder, int port) {
        LocalDatabase database = new LocalDatabase(folder.toAbsolutePath(), port, false);
        database.start();
        return database;
    }

    /** Stops a server that a killed process left running on the folder; true when there was one. */
    public static boolean stopLeftover(Path folder) {
        return new PostgresInstance(folder.toAbsolutePath(), 0, false).stop("fast");
    }

    private void start() {
        instance.start();
        try (Connection connection = instance.connect("postgres");
                Statement statement = connection.createStatement()) {
            role(statement, OWNER, ownerPassword);
            role(statement, APPLICATION, applicationPassword);
            createDatabase(statement);
        } catch (SQLException e) {
            stopImmediately();
            throw new StartRefusedException(
                    "The database in %s starts but cannot be used (%s): move the folder away and start again."
                            .formatted(instance.folder(), e.getMessage()),
                    e);
        }
        if (temporary) {
            leaveUtc();
        }
    }

    private static void role(Statement statement, String role, String password) throws SQLException {
        boolean there;
        try (var rows = statement.executeQuery("select 1 from pg_roles where rolname = '%s'".formatted(role))) {
            there = rows.next();
        }
        statement.execute("%s role %s login password '%s'".formatted(there ? "alter" : "create", role, password));
    }

    private static void createDatabase(Statement statement) throws SQLException {
        boolean there;
        try (var rows = statement.executeQuery("select 1 from pg_database where datname = '%s'".formatted(NAME))) {
            there = rows.next();
        }
        if (!there) {
            statement.execute("create database %s owner %s".formatted(NAME, OWNER));
            statement.execute("revoke all on database %s from public".formatted(NAME));
            statement.execute("grant connect on database %s to %s".formatted(NAME, APPLICATION));
        }
    }

    /** The driver names the JVM's zone when it connects, which outranks every setting but a login trigger. */
    private void leaveUtc() {
        execute(
                "create schema testkit",
                "grant usage on schema testkit to public",
                """
                create function testkit.leave_utc() returns event_trigger language plpgsql as $$
                begin perform set_config('TimeZone', '%s', false); end $$""".formatted(TEST_TIME_ZONE),
                "create event trigger leave_utc on login execute function testkit.leave_utc()");
    }

    /** Runs statements as the superuser, each its own commit. */
    public void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** A connection to the database as the superuser. */
    public Connection connect() throws SQLException {
        return instance.connect(NAME);
    }

    public Connection connectAsOwner() throws SQLException {
        return DriverManager.getConnection(url(), OWNER, ownerPassword);
    }

    public Connection connectAsApplication() throws SQLException {
        return DriverManager.getConnection(url(), APPLICATION, applicationPassword);
    }

    public String url() {
        return instance.url(NAME);
    }

    public int port() {
        return instance.port();
    }

    public String ownerPassword() {
        return ownerPassword;
    }

    public String applicationPassword() {
        return applicationPassword;
    }

    /** The variables by which a server finds this database. */
    public Map<String, String> environment() {
        return Map.of(
                "HOLDFAST_DB_HOST", "127.0.0.1",
                "HOLDFAST_DB_PORT", Integer.toString(port()),
                "HOLDFAST_DB_NAME", NAME,
                "HOLDFAST_DB_USER", APPLICATION,
                "HOLDFAST_DB_PASSWORD", applicationPassword,
                "HOLDFAST_DB_OWNER_USER", OWNER,
                "HOLDFAST_DB_OWNER_PASSWORD", ownerPassword,
                "HOLDFAST_DB_SSLMODE", "disable");
    }

    /** The process that all others of the server descend from; it must run. */
    public long pid() {
        return instance.pid().orElseThrow();
    }

    public boolean running() {
        return instance.pid().isPresent();
    }

    /** Ends sessions, writes a checkpoint and stops; nothing happens when it does not run. */
    public void stop() {
        instance.stop("fast");
    }

    /** Stops as a crash does: no checkpoint, sessions cut off; the next start recovers from the log. */
    public void stopImmediately() {
        instance.stop("immediate");
    }

    /** Starts again on the same data and port, with the same passwords; stops first where needed. */
    public void restart() {
        stop();
        instance.start();
    }

    @Override
    public void close() {
        if (!temporary) {
            stop();
            return;
        }
        stopImmediately();
        Folders.delete(instance.folder());
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException e) {
            // The process is ending already; the hook finds nothing to stop.
            return;
        }
    }

    static String randomPassword() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
