package io.holdfast.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A Holdfast server in a process of its own, configured by environment variables alone, as an operator runs it.
 *
 * <p>Started by the installation's own {@code bin/server run}; several run side by side from one installation, because each
 * has a copy of its configuration and its own output folder. The process has no terminal: a Ctrl-C meant for the caller
 * does not reach it. It inherits nothing of the caller's HOLDFAST_, WLP_ and JVM variables.
 */
public final class ServerProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final long STOP_LIMIT_SECONDS = 45;
    private static final long POLL_NANOS = 100_000_000;
    /** Compiles lightly: measured to halve the processor time of a start, and slower under lasting load. */
    public static final Map<String, String> FAST_START = Map.of("JVM_ARGS", "-XX:TieredStopAtLevel=1");

    private static final String APPLICATION_FAILED = "CWWKZ0002E";
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final Path installation;
    private final Path folder;
    private final Map<String, String> environment;
    private final Thread lastResort = new Thread(this::kill9, "server-last-resort");
    private @Nullable Process process;
    private int logBegin;

    /**
     * Prepares a server; nothing runs until {@link #start()}.
     *
     * @param installation the folder that holds bin and usr: the build's, or an unpacked zip
     * @param folder where configuration, output and console.log go; what is there from an earlier run may be used again
     * @param environment the server's variables; HOLDFAST_HTTP_PORT is needed to see when it is ready
     */
    public ServerProcess(Path installation, Path folder, Map<String, String> environment) {
        this.installation = installation.toAbsolutePath();
        this.folder = folder.toAbsolutePath();
        this.environment = new TreeMap<>(environment);
    }

    /**
     * Prepares one with ports, identity, keyset and bootstrap file of its own under target/servers, where its logs stay; it
     * ends with this process at the latest. It starts fast; for measurements give an empty JVM_ARGS.
     */
    public static ServerProcess prepare(Path installation, Map<String, String> environment) {
        int port = Ports.free();
        Path folder = Path.of("target", "servers", "server-" + port).toAbsolutePath();
        Map<String, String> all = new TreeMap<>(FAST_START);
        all.put("HOLDFAST_NODE_ID", "node-" + port);
        int internal = Ports.free();
        all.put("HOLDFAST_NODE_URL", "http://127.0.0.1:" + internal);
        all.put("HOLDFAST_HTTP_PORT", Integer.toString(port));
        all.put("HOLDFAST_INTERNAL_PORT", Integer.toString(internal));
        all.put("HOLDFAST_VAULT_KEYSET_FILE", folder.resolve("vault.keyset").toString());
        all.put(
                "HOLDFAST_BOOTSTRAP_SECRET_FILE",
                folder.resolve("bootstrap.secret").toString());
        all.putAll(environment);
        Folders.delete(folder);
        ServerProcess server = new ServerProcess(installation, folder, all);
        Runtime.getRuntime().addShutdownHook(server.lastResort);
        return server;
    }

    /** The server folder that the build leaves. */
    public static Path built() {
        return Path.of("target", "liberty", "wlp").toAbsolutePath();
    }

    /** Starts the process and returns at once. */
    public ServerProcess start() {
        if (running()) {
            throw new IllegalStateException("The server already runs as process " + pid());
        }
        try {
            Path user = folder.resolve("usr");
            Folders.delete(user);
            Folders.copy(
                    installation.resolve("usr"),
                    user,
                    List.of("servers/holdfast/logs", "servers/holdfast/workarea", "servers/.logs", "servers/.pid"));
            Files.createDirectories(folder.resolve("output"));
            ProcessBuilder builder = new ProcessBuilder(command())
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(console().toFile()))
                    .redirectInput(ProcessBuilder.Redirect.from(nothing()));
            setEnvironment(builder.environment());
            logBegin = log().length();
            process = builder.start();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            command.add("/usr/bin/setsid");
        }
        String script = Commands.onWindows() ? "server.bat" : "server";
        command.addAll(List.of(installation.resolve("bin").resolve(script).toString(), "run", "holdfast"));
        return command;
    }

    private static java.io.File nothing() {
        return new java.io.File(Commands.onWindows() ? "NUL" : "/dev/null");
    }

    private void setEnvironment(Map<String, String> target) {
        target.keySet()
                .removeIf(name -> name.startsWith("HOLDFAST_")
                        || name.startsWith("WLP_")
                        || name.equals("JVM_ARGS")
                        || name.equals("JAVA_TOOL_OPTIONS"));
        target.put("JAVA_HOME", System.getProperty("java.home"));
        target.put("WLP_USER_DIR", folder.resolve("usr").toString());
        target.put("WLP_OUTPUT_DIR", folder.resolve("output").toString());
        target.putAll(environment);
    }

    /**
     * Waits until /health/ready answers 200.
     *
     * @throws StartRefusedException with the end of the log when the process ends first or two minutes pass
     */
    public ServerProcess awaitReady() {
        return awaitReady(START_LIMIT);
    }

    public ServerProcess awaitReady(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!ready()) {
            if (!running()) {
                throw new StartRefusedException(refusal("ended before it was ready"));
            }
            if (log().indexOf(APPLICATION_FAILED, logBegin) >= 0) {
                throw new StartRefusedException(refusal("cannot start the application"));
            }
            if (System.nanoTime() > deadline) {
                throw new StartRefusedException(refusal("was not ready after %s".formatted(limit)));
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return this;
    }

    /** The server's own sentence where it wrote one, or else the end of its log. */
    private String refusal(String what) {
        return log().lines()
                .filter(line -> line.contains("Holdfast cannot start: "))
                .reduce((first, second) -> second)
                .map(line -> line.substring(line.indexOf("Holdfast cannot start: ")))
                .orElseGet(() ->
                        "The server %s; its log %s ends:%n%s".formatted(what, console(), Folders.tail(console(), 30)));
    }

    /** True when the server says that it takes work. */
    public boolean ready() {
        try {
            HttpRequest request = HttpRequest.newBuilder(url().resolve("/health/ready"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the server", e);
        }
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + environment.get("HOLDFAST_HTTP_PORT"));
    }

    /** Gives the server a variable from its next start on. */
    public ServerProcess with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** What the server was given, for those who start another one like it. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    public HoldfastClient client() {
        return new HoldfastClient(url());
    }

    /** The file with the one-time secret of the first call. */
    public Path bootstrapSecret() {
        return Path.of(environment.getOrDefault("HOLDFAST_BOOTSTRAP_SECRET_FILE", "bootstrap.secret"));
    }

    public boolean running() {
        return process != null && process.isAlive();
    }

    /** The number of the Java process: the script is replaced by it. */
    public long pid() {
        if (process == null) {
            throw new IllegalStateException("The server was not started");
        }
        return process.pid();
    }

    /** Waits until the process has ended, however it ended. */
    public void awaitEnd() throws InterruptedException {
        if (process != null) {
            process.waitFor();
        }
    }

    /** What the process ended with; it must have ended. */
    public int exitCode() {
        if (process == null) {
            throw new IllegalStateException("The server was not started");
        }
        return process.exitValue();
    }

    /** Ends the process as a power cut does, and returns when it is gone. */
    public void kill9() {
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            endsInTime(process);
        }
    }

    /** Asks the process to stop (SIGTERM) and waits until it has; one that does not is killed. */
    public void terminate() {
        if (process != null) {
            process.destroy();
            if (!endsInTime(process)) {
                kill9();
            }
        }
    }

    private static boolean endsInTime(Process process) {
        try {
            return process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Starts again with the same variables, ports and files; kills first what still runs. */
    public ServerProcess restart() {
        kill9();
        return start();
    }

    /** The file that takes the process's output, over all starts. */
    public Path console() {
        return folder.resolve("console.log");
    }

    public String log() {
        String text = Folders.readIfThere(console());
        return text == null ? "" : text;
    }

    @Override
    public void close() {
        terminate();
        try {
            Runtime.getRuntime().removeShutdownHook(lastResort);
        } catch (IllegalStateException e) {
            // The process is ending already; the hook finds nothing to kill.
            return;
        }
    }
}
