package io.holdfast.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** The build's zip of a ready server. */
public final class ServerZip {
    private static final int OWNER_MAY_EXECUTE = 0100;

    private ServerZip() {}

    public static Path file() {
        return Path.of("target", "holdfast-server.zip").toAbsolutePath();
    }

    /** Unpacks into the folder as an operator does; returns the server's own folder inside. */
    public static Path unpack(Path folder) {
        try (ZipFile zip = ZipFile.builder().setPath(file()).get()) {
            Enumeration<ZipArchiveEntry> entries = zip.getEntries();
            while (entries.hasMoreElements()) {
                write(zip, entries.nextElement(), folder);
            }
            return folder.resolve("holdfast");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all files inside. */
    public static List<String> names() {
        try (ZipFile zip = ZipFile.builder().setPath(file()).get()) {
            return Collections.list(zip.getEntries()).stream()
                    .map(ZipArchiveEntry::getName)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(ZipFile zip, ZipArchiveEntry entry, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new IOException("The zip names a file outside itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        try (InputStream content = zip.getInputStream(entry)) {
            Files.copy(content, target);
        }
        if ((entry.getUnixMode() & OWNER_MAY_EXECUTE) != 0
                && Files.getFileAttributeView(target, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
