package io.holdfast.local;

import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.Simulator;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.Folders;
import io.holdfast.testkit.StartRefusedException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The simulator with a demo bot and Ann's chat, written down every few seconds and read back at the next start. */
final class LocalSimulator implements AutoCloseable {
    private static final String USERNAME = "holdfast_demo_bot";
    private static final long SAVED_EVERY_SECONDS = 3;

    private final Simulator simulator;
    private final Path file;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Thread keeper = new Thread(this::keep, "simulator-keeper");
    private String written = "";

    private LocalSimulator(Simulator simulator, Path file) {
        this.simulator = simulator;
        this.file = file;
        keeper.setDaemon(true);
    }

    static LocalSimulator start(LocalSettings settings) {
        Path file = settings.data().resolve("simulator.json");
        Simulator simulator = Simulator.start(
                SimulatorConfig.defaults().withPort(settings.simulatorPort()).withRateLimits(true));
        LocalSimulator local = new LocalSimulator(simulator, file);
        try {
            local.fill();
        } catch (IllegalArgumentException e) {
            simulator.close();
            throw new StartRefusedException(
                    "%s cannot be read (%s): delete the folder %s to begin anew, or repair the file."
                            .formatted(file, e.getMessage(), settings.data()),
                    e);
        }
        local.keeper.start();
        return local;
    }

    private void fill() {
        String saved = Folders.readIfThere(file);
        if (saved != null) {
            simulator.restore(saved);
        }
        if (simulator.bots().isEmpty()) {
            SimBot bot = simulator.createBot(USERNAME, "Holdfast demo");
            simulator.privateChat(bot, "Ann");
        }
        save();
    }

    SimBot demoBot() {
        return simulator.bots().stream()
                .filter(bot -> bot.username().equals(USERNAME))
                .findFirst()
                .orElseGet(simulator.bots()::getFirst);
    }

    private void keep() {
        try {
            while (!end.await(SAVED_EVERY_SECONDS, TimeUnit.SECONDS)) {
                save();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void save() {
        String state = simulator.save();
        if (!state.equals(written)) {
            Folders.writeSecret(file, state);
            written = state;
        }
    }

    @Override
    public void close() {
        end.countDown();
        save();
        simulator.close();
    }
}
