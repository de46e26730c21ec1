package io.holdfast.local;

import io.holdfast.testkit.StartRefusedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Holds the data folder for one run; the system lets go of it when the process dies, however it dies. */
final class SingleRun implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private SingleRun(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static SingleRun of(Path data) {
        Path file = data.resolve("local.lock");
        try {
            Files.createDirectories(data);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new StartRefusedException(
                        "A local run already uses %s: stop it with Ctrl-C in its window, or choose another folder with -Dholdfast.local.data=."
                                .formatted(data));
            }
            return new SingleRun(file, channel);
        } catch (IOException e) {
            throw new StartRefusedException(
                    "The folder %s cannot be written (%s): make it writable, or choose another one with -Dholdfast.local.data=."
                            .formatted(data, e.getMessage()),
                    e);
        }
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}
