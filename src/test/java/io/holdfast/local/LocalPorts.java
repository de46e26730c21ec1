package io.holdfast.local;

import io.holdfast.testkit.Ports;
import io.holdfast.testkit.StartRefusedException;

/** Refuses a port that something else listens on, before anything is started. */
final class LocalPorts {
    private LocalPorts() {}

    static void requireFree(LocalSettings settings) {
        requireFree("PostgreSQL", settings.databasePort(), "holdfast.db.port");
        if (settings.simulated()) {
            requireFree("the Telegram simulator", settings.simulatorPort(), "holdfast.simulator.port");
        }
        requireFree("Holdfast", settings.httpPort(), "holdfast.http.port");
        requireFree("Holdfast's internal calls", settings.internalPort(), "holdfast.internal.port");
    }

    static void requireFree(String what, int port, String property) {
        if (!Ports.isFree(port)) {
            throw new StartRefusedException(
                    "Port %d for %s is in use%s: stop what uses it, or choose another one with -D%s=%d (or set %s)."
                            .formatted(
                                    port,
                                    what,
                                    Ports.holder(port)
                                            .map(name -> " by " + name)
                                            .orElse(""),
                                    property,
                                    port + 100,
                                    LocalSettings.variable(property)));
        }
    }
}
