package io.holdfast.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One data folder of PostgreSQL and the server that runs on it, driven by PostgreSQL's own initdb and pg_ctl. */
final class PostgresInstance {
    private static final String SUPERUSER = "postgres";
    private final Path folder;
    private final Path data;
    private final Path passwordFile;
    private final Path log;
    private final int port;
    private final boolean temporary;

    PostgresInstance(Path folder, int port, boolean temporary) {
        this.folder = folder;
        this.data = folder.resolve("pgdata");
        this.passwordFile = folder.resolve("superuser.password");
        this.log = folder.resolve("postgresql.log");
        this.port = port;
        this.temporary = temporary;
    }

    Path folder() {
        return folder;
    }

    int port() {
        return port;
    }

    String url(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s?connectTimeout=5&socketTimeout=60".formatted(port, database);
    }

    Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), SUPERUSER, Folders.readIfThere(passwordFile));
    }

    /** The process of the server on this folder; what a killed machine or process left in the pid file does not count. */
    Optional<Long> pid() {
        String text = Folders.readIfThere(data.resolve("postmaster.pid"));
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        long pid = Long.parseLong(text.lines().findFirst().orElse("0").strip());
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process -> process.info().command().orElse("postgres").contains("postgres"))
                .map(ProcessHandle::pid);
    }

    void start() {
        refuseRunning();
        try {
            if (!Files.isDirectory(data)) {
                initialize();
            }
            refuseForeign();
            Files.deleteIfExists(data.resolve("postmaster.pid"));
            Files.writeString(data.resolve("holdfast.conf"), settings());
        } catch (IOException e) {
            throw new StartRefusedException(
                    "The data folder %s cannot be written (%s): make it writable, or choose another one."
                            .formatted(folder, e.getMessage()),
                    e);
        }
        Commands.Result result = run("pg_ctl", "start", "-w", "-t", "60", "-D", data.toString(), "-l", log.toString());
        if (!result.ok()) {
            throw new StartRefusedException(
                    "PostgreSQL does not start on %s: move the folder away (it holds all data) or repair it; its log ends:%n%s"
                            .formatted(folder, Folders.tail(log, 8)));
        }
    }

    private String settings() {
        return """
                port = %d
                listen_addresses = '127.0.0.1'
                unix_socket_directories = ''
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                max_connections = 200
                shared_buffers = 128MB
                timezone = '%s'
                log_timezone = 'UTC'
                """.formatted(port, temporary ? LocalDatabase.TEST_TIME_ZONE : "UTC");
    }

    private void refuseRunning() {
        pid().ifPresent(pid -> {
            throw new StartRefusedException(
                    "A PostgreSQL already runs on %s (process %d): stop that one first, or choose another data folder."
                            .formatted(folder, pid));
        });
    }

    private void refuseForeign() {
        String version = Folders.readIfThere(data.resolve("PG_VERSION"));
        String ours = PostgresBinaries.home().getFileName().toString().replaceAll(".*-(\\d+)\\..*", "$1");
        if (version == null || Folders.readIfThere(passwordFile) == null) {
            throw new StartRefusedException(
                    "The folder %s holds no complete database: delete it to begin anew, or choose another one."
                            .formatted(folder));
        }
        if (!version.equals(ours)) {
            throw new StartRefusedException(
                    "The database in %s was made by PostgreSQL %s and this is %s: delete it to begin anew, or choose another folder."
                            .formatted(folder, version, ours));
        }
    }

    /** Made beside its place and moved there when complete: an interrupted start leaves nothing half done. */
    private void initialize() throws IOException {
        refuseFilled();
        Files.createDirectories(folder);
        Path unfinished = folder.resolve("pgdata.new");
        Folders.delete(unfinished);
        Folders.writeSecret(passwordFile, LocalDatabase.randomPassword());
        List<String> command = new ArrayList<>(List.of(
                "initdb",
                "-D",
                unfinished.toString(),
                "-U",
                SUPERUSER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + passwordFile,
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        if (temporary) {
            command.add("--no-sync");
        }
        Commands.Result result = run(command.toArray(String[]::new));
        if (!result.ok()) {
            throw new StartRefusedException("The database could not be made in %s: %s"
                    .formatted(folder, result.output().strip()));
        }
        Files.writeString(
                unfinished.resolve("postgresql.conf"),
                "include_if_exists = 'holdfast.conf'" + System.lineSeparator(),
                StandardOpenOption.APPEND);
        Files.move(unfinished, data);
    }

    private void refuseFilled() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<String> ours = List.of("pgdata.new", "superuser.password", "superuser.password.new", "postgresql.log");
        try (Stream<Path> files = Files.list(folder)) {
            if (files.anyMatch(file -> !ours.contains(file.getFileName().toString()))) {
                throw new StartRefusedException(
                        "The folder %s holds other files and no database: empty it, or choose another one."
                                .formatted(folder));
            }
        }
    }

    boolean stop(String mode) {
        if (pid().isEmpty()) {
            return false;
        }
        Commands.Result result = run("pg_ctl", "stop", "-w", "-t", "60", "-m", mode, "-D", data.toString());
        if (!result.ok() && pid().isPresent()) {
            throw new UncheckedIOException(
                    new IOException("PostgreSQL on " + folder + " does not stop: " + result.output()));
        }
        return true;
    }

    /** PostgreSQL refuses to run as root; in a user namespace of its own it does not see that it is. */
    private static Commands.Result run(String... command) {
        List<String> full = new ArrayList<>(Arrays.asList(command));
        full.set(0, PostgresBinaries.home().resolve("bin").resolve(command[0]).toString());
        if (Commands.asRoot()) {
            if (!Commands.run(List.of("unshare", "-U", "true")).ok()) {
                throw new StartRefusedException(
                        "PostgreSQL does not run as root where user namespaces are forbidden: start as an ordinary user.");
            }
            full.addAll(0, List.of("unshare", "-U"));
        }
        return Commands.run(full);
    }
}
