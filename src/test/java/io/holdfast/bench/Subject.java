package io.holdfast.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.rig.Installation;
import io.holdfast.rig.Size;
import io.holdfast.rig.UnpackedServer;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.LocalDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server of the zip as in production, with PostgreSQL and a fake Telegram beside it, and what measures it. */
final class Subject implements AutoCloseable {
    /** Small: the driver's own collections must not show in the figures. */
    private static final int JOURNAL = 20_000;

    private static final int MESSAGES_KEPT = 10;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Bench bench;
    private final Installation installation;
    private final Connection meter;
    private int registrations;

    private Subject(Bench bench, Installation installation, Connection meter) {
        this.bench = bench;
        this.installation = installation;
        this.meter = meter;
    }

    static Subject start(Bench bench) {
        return start(bench, UnpackedServer.folder());
    }

    /** As the other one, with this server in place of the zip's own. */
    static Subject start(Bench bench, Path server) {
        // At size s the archive, which takes half a minute to make, is not worth it: it only shortens the start.
        Map<String, String> start = bench.size() == Size.S ? Map.of("JVM_ARGS", "") : UnpackedServer.withArchive();
        LocalDatabase database = LocalDatabase.startTemporary();
        Statements.prepare(database);
        Installation installation = Installation.start(
                server,
                database,
                SimulatorConfig.defaults().withJournalCapacity(JOURNAL).withMessagesKept(MESSAGES_KEPT),
                variables -> {
                    variables.putAll(start);
                    // Above what a bot's share of the machine is.
                    variables.put("HOLDFAST_TELEGRAM_WEBHOOKS_PER_MINUTE", "1000000");
                });
        try {
            return new Subject(bench, installation, database.connect());
        } catch (SQLException e) {
            installation.close();
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    Installation installation() {
        return installation;
    }

    /** Registers bots under the rig's settings, with chats for them; nothing is said yet. */
    Talks talks(int bots, int chats) {
        bench.sheet().fact("load", "%d bots, %d chats, /echo".formatted(bots, chats));
        return new Talks(installation.simulator(), register(bots), chats);
    }

    List<SimBot> register(int bots) {
        JsonNode settings = settings();
        bench.sheet().fact("settings", settings);
        List<SimBot> registered = new ArrayList<>();
        for (int i = 0; i < bots; i++) {
            SimBot bot = installation.registerBot("bench%d_bot".formatted(registrations++));
            installation.client().putSettings(bot.id(), settings);
            registered.add(bot);
        }
        return registered;
    }

    private static JsonNode settings() {
        try (InputStream file = Objects.requireNonNull(Subject.class.getResourceAsStream("/rig/settings.json"))) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops and starts the server, so that the next update meets a cold one; answers how long it took to be ready. */
    Duration restart() {
        installation.server().terminate();
        return start();
    }

    /** A gauge of the product. */
    double gauge(String name) {
        return metric(
                installation
                        .client()
                        .send("GET", "/metrics?scope=application", null)
                        .text(),
                name);
    }

    /** Kills the server and starts it again: it takes back at once the bots that lived on it, as it does not after a stop. */
    Duration recover() {
        installation.server().kill9();
        return start();
    }

    private Duration start() {
        long begun = System.nanoTime();
        installation.server().start().awaitReady();
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    Reading read(LongSupplier answered) {
        String metrics =
                installation.client().send("GET", "/metrics?scope=base", null).text();
        return new Reading(
                System.nanoTime(),
                answered.getAsLong(),
                ProcessorTime.now(
                        installation.server().pid(), installation.database().pid()),
                DatabaseCounters.now(meter),
                metric(metrics, "gc_time_seconds"),
                metric(metrics, "memory_usedHeap_bytes"));
    }

    /** The sum over all labels. */
    static double metric(String metrics, String name) {
        Matcher line = Pattern.compile("(?m)^(?:base_|application_)?" + name + "(?:\\{[^}]*})? ([0-9.E+-]+)$")
                .matcher(metrics);
        double sum = 0;
        int found = 0;
        while (line.find()) {
            sum += Double.parseDouble(line.group(1));
            found++;
        }
        if (found == 0) {
            throw new IllegalStateException("/metrics has no " + name);
        }
        return sum;
    }

    /** Measures from now on for so long. */
    Reading.Window measure(LongSupplier answered, Duration length) {
        FlightRecording recording = FlightRecording.begin(installation.server().pid(), bench.sheet());
        try {
            return watch(answered, length);
        } finally {
            recording.end();
        }
    }

    /** As {@link #measure} without a recording. */
    Reading.Window watch(LongSupplier answered, Duration length) {
        Reading from = read(answered);
        Bench.passUntil(from.nanos() + length.toNanos());
        return new Reading.Window(from, read(answered));
    }

    void memory() {
        bench.sheet()
                .figure(
                        "memory of the server (RSS)",
                        ProcessorTime.resident(installation.server().pid()) / (double) (1 << 20),
                        "MiB");
    }

    @Override
    public void close() {
        try (meter) {
            installation.close();
        } catch (SQLException e) {
            // The database is gone, and the connection with it.
            return;
        }
    }
}
