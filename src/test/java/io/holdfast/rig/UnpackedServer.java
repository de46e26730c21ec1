package io.holdfast.rig;

import io.holdfast.simulator.SimBot;
import io.holdfast.simulator.SimChat;
import io.holdfast.simulator.SimulatorConfig;
import io.holdfast.testkit.ClassArchive;
import io.holdfast.testkit.Folders;
import io.holdfast.testkit.LocalDatabase;
import io.holdfast.testkit.ServerZip;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server of the zip, unpacked once per process, and its class archive, made once where somebody asks for it. */
public final class UnpackedServer {
    private static final Path FOLDER = Path.of("target", "unpacked-server");
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private static @Nullable Path unpacked;
    private static @Nullable ClassArchive archive;

    private UnpackedServer() {}

    public static synchronized Path folder() {
        if (unpacked == null) {
            Folders.delete(FOLDER);
            unpacked = ServerZip.unpack(FOLDER.resolve("unpacked").toAbsolutePath());
        }
        return unpacked;
    }

    /** The variables of a start from the archive, which is made after a start that answered something. */
    public static synchronized Map<String, String> withArchive() {
        if (archive == null) {
            ClassArchive made = new ClassArchive(folder(), FOLDER);
            try (Installation noted = Installation.start(
                    folder(),
                    LocalDatabase.startTemporary(),
                    SimulatorConfig.defaults(),
                    variables -> variables.putAll(made.noting()))) {
                SimBot bot = noted.registerBot("noted_bot");
                SimChat chat = noted.simulator().privateChat(bot, "Nora");
                noted.simulator().say(bot, chat, "/echo m1");
                noted.answers(chat, 1, START_LIMIT);
            }
            made.make();
            archive = made;
        }
        return archive.using();
    }
}
