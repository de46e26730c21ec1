package io.holdfast.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files and folders of tests and of the local run. */
public final class Folders {
    private Folders() {}

    /** Deletes the folder and all in it; a folder that is not there is no error. */
    public static void delete(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a folder; large files are linked where the file system can, so the copy must not be written into. */
    public static void copy(Path from, Path to, List<String> leftOut) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path inside = from.relativize(path);
                if (leftOut.stream().noneMatch(name -> inside.startsWith(name))) {
                    copyOne(path, to.resolve(inside.toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyOne(Path from, Path to) throws IOException {
        if (Files.isDirectory(from)) {
            Files.createDirectories(to);
            return;
        }
        Files.deleteIfExists(to);
        try {
            Files.createLink(to, from);
        } catch (IOException | UnsupportedOperationException e) {
            Files.copy(from, to);
        }
    }

    /** Writes a file that only its owner may read, in one step: a reader sees the old text or the new. */
    public static void writeSecret(Path file, String text) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path unfinished = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(unfinished);
            Files.createFile(unfinished);
            if (Files.getFileAttributeView(unfinished, PosixFileAttributeView.class) != null) {
                Files.setPosixFilePermissions(unfinished, PosixFilePermissions.fromString("rw-------"));
            }
            Files.writeString(unfinished, text);
            Files.move(unfinished, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's text without the white space around it, or null where there is no such file. */
    public static @Nullable String readIfThere(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file).strip() : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last lines of a log, or a word that says there is none. */
    public static String tail(Path file, int lines) {
        return Optional.ofNullable(readIfThere(file))
                .map(text -> text.lines().toList())
                .map(all -> String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size())))
                .orElse("(no " + file.getFileName() + ")");
    }
}
