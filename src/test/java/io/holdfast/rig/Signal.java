package io.holdfast.rig;

import io.holdfast.testkit.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Signals that Java has no call for. */
enum Signal {
    /** The process stands still with all its connections open. */
    STOP,
    /** It goes on. */
    CONT;

    void to(ServerProcess server) {
        try {
            int exit = new ProcessBuilder("kill", "-" + name(), Long.toString(server.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IllegalStateException("kill -%s answered %d".formatted(name(), exit));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending a signal", e);
        }
    }
}
