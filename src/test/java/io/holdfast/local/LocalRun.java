package io.holdfast.local;

import io.holdfast.testkit.Folders;
import io.holdfast.testkit.LocalDatabase;
import io.holdfast.testkit.ServerProcess;
import io.holdfast.testkit.StartRefusedException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything on this machine: PostgreSQL, the Telegram simulator (or the real Telegram), the server and one bot, until
 * Ctrl-C.
 *
 * <p>What was started is stopped in reverse order, also when Maven, which started this process, vanishes; what a killed
 * run left behind is stopped by the next one.
 */
public final class LocalRun {
    /** sysexits.h EX_CONFIG; the build takes it for a reason that stands above, not for a crash. */
    private static final int REFUSED = 78;

    /** Its presence makes the build fail after this process has said why. */
    private static final Path REFUSAL = Path.of("target", "local-run.refused");

    private final LocalSettings settings;
    private final PrintStream out;
    private final Object step = new Object();
    private final Deque<AutoCloseable> started = new ArrayDeque<>();
    private volatile boolean stopping;

    private LocalRun(LocalSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** Runs until it is interrupted; ends with 78 and one sentence where it cannot start. */
    public static void main(String[] args) throws InterruptedException {
        LocalRun run = null;
        Folders.delete(REFUSAL);
        try {
            run = new LocalRun(LocalSettings.read(System.getProperties(), System.getenv()), System.out);
            Runtime.getRuntime().addShutdownHook(new Thread(run::stop, "local-stop"));
            run.watchParent();
            run.run();
        } catch (StartRefusedException e) {
            if (run == null || !run.stopping) {
                System.err.printf("%n%s%n%n", e.getMessage());
                Folders.writeSecret(REFUSAL, String.valueOf(e.getMessage()));
            }
            System.exit(REFUSED);
        }
    }

    private void run() throws InterruptedException {
        Path data = settings.data();
        start("", () -> SingleRun.of(data));
        Memo memo = Memo.in(data);
        Leftovers.stop(memo, data);
        LocalPorts.requireFree(settings);
        LocalDatabase database = start(
                "PostgreSQL (data in " + data + ") at 127.0.0.1:" + settings.databasePort(),
                () -> LocalDatabase.startIn(data.resolve("postgresql"), settings.databasePort()));
        LocalSimulator simulator =
                settings.simulated() ? start("Telegram simulator", () -> LocalSimulator.start(settings)) : null;
        ServerProcess server = start("Holdfast (log: " + data.resolve("server/console.log") + ")", () -> {
            ServerProcess process = server(database).start();
            memo.put(Leftovers.SERVER, Long.toString(process.pid()));
            return process;
        });
        awaitReady(server);
        Registration registration = new Registration(settings, server, database, memo);
        long bot = simulator == null
                ? registration.register(required(settings.telegramToken()), "Local bot")
                : registration.register(
                        simulator.demoBot().token(), simulator.demoBot().name());
        sayWhatToOpen(registration, simulator, bot);
        awaitEnd(server);
    }

    private <T extends AutoCloseable> T start(String what, Supplier<T> starter) throws InterruptedException {
        synchronized (step) {
            while (stopping) {
                step.wait();
            }
            if (!what.isEmpty()) {
                out.println("Starting " + what);
            }
            T part = starter.get();
            started.push(part);
            return part;
        }
    }

    private ServerProcess server(LocalDatabase database) {
        Path data = settings.data();
        Map<String, String> environment = new TreeMap<>(database.environment());
        environment.putAll(ServerProcess.FAST_START);
        environment.put("HOLDFAST_NODE_ID", "local");
        environment.put("HOLDFAST_NODE_URL", "http://127.0.0.1:" + settings.internalPort());
        environment.put("HOLDFAST_HTTP_PORT", Integer.toString(settings.httpPort()));
        environment.put("HOLDFAST_INTERNAL_PORT", Integer.toString(settings.internalPort()));
        environment.put(
                "HOLDFAST_VAULT_KEYSET_FILE", data.resolve("vault.keyset").toString());
        environment.put(
                "HOLDFAST_BOOTSTRAP_SECRET_FILE",
                data.resolve("bootstrap.secret").toString());
        if (settings.simulated()) {
            environment.put("HOLDFAST_TELEGRAM_API_URL", "http://127.0.0.1:" + settings.simulatorPort());
            environment.put("HOLDFAST_PUBLIC_URL", settings.serverUrl());
        }
        Optional.ofNullable(settings.telegramApiUrl())
                .filter(url -> !settings.simulated())
                .ifPresent(url -> environment.put("HOLDFAST_TELEGRAM_API_URL", url));
        Optional.ofNullable(settings.publicUrl()).ifPresent(url -> environment.put("HOLDFAST_PUBLIC_URL", url));
        return new ServerProcess(ServerProcess.built(), data.resolve("server"), environment);
    }

    private void awaitReady(ServerProcess server) {
        long begin = System.nanoTime();
        Thread progress = Thread.startVirtualThread(() -> {
            try {
                while (true) {
                    Thread.sleep(Duration.ofSeconds(5));
                    out.println("  still starting (" + secondsSince(begin) + " s)");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            server.awaitReady();
        } finally {
            progress.interrupt();
        }
        out.println("Ready after " + secondsSince(begin) + " s");
    }

    private static long secondsSince(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    }

    private void sayWhatToOpen(Registration registration, @Nullable LocalSimulator simulator, long bot) {
        out.println();
        out.println(
                simulator == null
                        ? "Chat         write /start to your bot (" + bot + ") in Telegram"
                        : "Chat         http://127.0.0.1:" + settings.simulatorPort() + "/  (write /start to @"
                                + simulator.demoBot().username() + ")");
        out.println("REST         " + settings.serverUrl() + "/openapi/ui");
        out.println("Health       " + settings.serverUrl() + "/health");
        out.println("Metrics      " + settings.serverUrl() + "/metrics");
        out.println("Admin token  " + registration.tokenFile());
        out.println();
        out.println("Ctrl-C stops everything; the next start finds it again.");
    }

    /** Ends when the server does, which nobody but {@link #stop} wants. */
    private void awaitEnd(ServerProcess server) throws InterruptedException {
        server.awaitEnd();
        synchronized (step) {
            while (stopping) {
                step.wait();
            }
        }
        throw new StartRefusedException("The server ended by itself: see " + server.console() + ".");
    }

    /** Maven runs this process and passes Ctrl-C on; killed, it passes on nothing. */
    private void watchParent() {
        ProcessHandle.current().parent().ifPresent(parent -> {
            Thread watch = new Thread(() -> exitAfter(parent), "local-watch");
            watch.setDaemon(true);
            watch.start();
        });
    }

    private static void exitAfter(ProcessHandle parent) {
        parent.onExit().join();
        System.exit(0);
    }

    /** Waits for a step under way, so that nothing is started behind its back. */
    private void stop() {
        stopping = true;
        synchronized (step) {
            if (!started.isEmpty()) {
                out.println("Stopping");
            }
            while (!started.isEmpty()) {
                try {
                    started.pop().close();
                } catch (Exception e) {
                    out.println("  " + e.getMessage());
                }
            }
        }
    }

    private static <T> T required(@Nullable T value) {
        return Optional.ofNullable(value).orElseThrow();
    }
}
