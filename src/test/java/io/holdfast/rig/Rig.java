package io.holdfast.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An installation from the zip for a cell: bots under the rig's settings, load, and the ways to hurt the server.
 *
 * <p>At size s all cells that want nothing special share one, each with bots of its own; it ends with the process.
 */
final class Rig implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    /** Telegram's pauses between deliveries at size s, where nobody waits for their real length. */
    private static final int SMALL_TIME_SCALE = 8;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static @Nullable Installation shared;

    /**
     * How the installation of a cell is made.
     *
     * @param simulator how Telegram runs
     * @param wiring changes the server's variables before its first start, such as an address to that of a proxy
     * @param shared whether the cell takes the installation that others use too
     */
    record Plan(SimulatorConfig simulator, Consumer<Map<String, String>> wiring, boolean shared) {

        static Plan usual(Size size) {
            return size == Size.S
                    ? new Plan(SimulatorConfig.defaults().withTimeScale(SMALL_TIME_SCALE), variables -> {}, true)
                    : new Plan(SimulatorConfig.defaults(), variables -> {}, false);
        }

        static Plan own(SimulatorConfig simulator, Consumer<Map<String, String>> wiring) {
            return new Plan(simulator, wiring, false);
        }
    }

    private final Cell cell;
    private final Installation installation;
    private final boolean borrowed;
    private final String usual;
    private @Nullable WebhookProbe probe;
    private boolean switched;
    private int bots;

    private Rig(Cell cell, Installation installation, boolean borrowed) {
        this.cell = cell;
        this.installation = installation;
        this.borrowed = borrowed;
        this.usual = installation.server().environment().getOrDefault("JVM_ARGS", "");
    }

    static synchronized Rig open(Cell cell, Plan plan) {
        if (!plan.shared()) {
            return new Rig(cell, install(cell, plan), false);
        }
        if (shared == null || !shared.server().running()) {
            shared = install(cell, plan);
        }
        return new Rig(cell, shared, true);
    }

    /** For figures the server compiles as in production and starts from a class archive; in every build it compiles lightly. */
    static Installation install(Cell cell, Plan plan) {
        Map<String, String> start = cell.size() == Size.S ? ServerProcess.FAST_START : UnpackedServer.withArchive();
        return Installation.start(UnpackedServer.folder(), plan.simulator(), variables -> {
            variables.putAll(start);
            // Loud neighbours, and what Telegram delivers after an outage, are more than 50 turns that wait for 30 s on
            // a
            // slow machine. Refusing them is right, but whether each is applied once could not be told then.
            variables.put("HOLDFAST_LANE_WAITING", "1000000");
            plan.wiring().accept(variables);
        });
    }

    Installation installation() {
        return installation;
    }

    /** Registers bots under the rig's settings and makes chats for them; nothing is said yet. */
    Load load(int botCount, int chats) {
        List<SimBot> registered = register(botCount);
        JsonNode settings = settings();
        registered.forEach(bot -> installation.client().putSettings(bot.id(), settings));
        cell.verdict().fact("settings", settings);
        return new Load(installation, registered, chats);
    }

    /** As {@link #load} with the settings that a bot has when nobody has changed any. */
    Load loadWithDefaults(int botCount, int chats) {
        cell.verdict().fact("settings", "defaults");
        return new Load(installation, register(botCount), chats);
    }

    private List<SimBot> register(int count) {
        List<SimBot> registered = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            registered.add(installation.registerBot("%s%d_bot".formatted(cell.name(), bots++)));
        }
        if (probe == null) {
            probe = new WebhookProbe(installation.simulator(), registered.getFirst());
        }
        return registered;
    }

    static JsonNode settings() {
        try (InputStream file = Objects.requireNonNull(Rig.class.getResourceAsStream("/rig/settings.json"))) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void kill9() {
        installation.server().kill9();
    }

    /**
     * Starts the server again, with these JVM arguments beyond its own, and answers how long the first 200 on the webhook took
     * from the start of the process.
     */
    Duration start(String... arguments) throws InterruptedException {
        return acknowledges(launch(arguments));
    }

    /** As {@link #start} without waiting; answers the moment, as {@link System#nanoTime()} tells it. */
    long launch(String... arguments) {
        installation.server().with("JVM_ARGS", (usual + " " + String.join(" ", arguments)).strip());
        switched = arguments.length > 0;
        long begun = System.nanoTime();
        installation.server().start();
        return begun;
    }

    /** How long after that moment the webhook acknowledged an update. */
    Duration acknowledges(long since) throws InterruptedException {
        return Objects.requireNonNull(probe, "no bot is registered").firstAcknowledgement(since, START_LIMIT);
    }

    /** SIGSTOP: the process stands still with all its connections open. */
    void pause() {
        Signal.STOP.to(installation.server());
    }

    /** SIGCONT. */
    void resume() {
        Signal.CONT.to(installation.server());
    }

    /** Ends an installation of the cell's own, and a shared one that the cell leaves broken or under a switch. */
    @Override
    public void close() {
        if (!borrowed || switched || !installation.server().running()) {
            installation.close();
        }
    }
}
