package io.holdfast.rig;

import io.holdfast.testkit.Folders;
import io.holdfast.testkit.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** A server with classes of a test in its application; all else is the built one's own, by links. */
public final class ServerWith {
    private static final String APPLICATION = "servers/holdfast/apps/holdfast.war";

    private ServerWith() {}

    /** The server that the build left, with commands. */
    static Path commands(Path folder, Class<?>... commands) {
        return classes(ServerProcess.built(), folder, commands);
    }

    /** A copy of {@code built} in the folder, which is there and empty. */
    public static Path classes(Path built, Path folder, Class<?>... classes) {
        try {
            try (Stream<Path> children = Files.list(built)) {
                for (Path child : children.toList()) {
                    if (!child.endsWith("usr")) {
                        Files.createSymbolicLink(folder.resolve(child.getFileName()), child);
                    }
                }
            }
            Folders.copy(
                    built.resolve("usr"),
                    folder.resolve("usr"),
                    List.of("servers/holdfast/logs", "servers/holdfast/workarea", "servers/.logs", "servers/.pid"));
            // The copy may be a link to the built file, which must stay as it is.
            Files.delete(folder.resolve("usr").resolve(APPLICATION));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path application = folder.resolve("usr").resolve(APPLICATION);
        ShrinkWrap.create(ZipImporter.class, "holdfast.war")
                .importFrom(built.resolve("usr").resolve(APPLICATION).toFile())
                .as(WebArchive.class)
                .addClasses(classes)
                .as(ZipExporter.class)
                .exportTo(application.toFile(), true);
        return folder;
    }
}
