package io.holdfast.local;

import io.holdfast.testkit.LocalDatabase;
import java.nio.file.Path;

/** Ends what a run left behind that was itself killed; only called by the one run that holds the folder. */
final class Leftovers {
    static final String SERVER = "server.pid";

    private Leftovers() {}

    static void stop(Memo memo, Path data) {
        memo.get(SERVER)
                .map(Long::valueOf)
                .flatMap(ProcessHandle::of)
                .filter(Leftovers::isServer)
                .ifPresent(process -> {
                    process.destroyForcibly();
                    process.onExit().join();
                });
        LocalDatabase.stopLeftover(data.resolve("postgresql"));
    }

    /** The number may be another process's by now. */
    private static boolean isServer(ProcessHandle process) {
        String[] arguments = process.info().arguments().orElse(new String[0]);
        return String.join(" ", arguments).contains("ws-server.jar holdfast");
    }
}
