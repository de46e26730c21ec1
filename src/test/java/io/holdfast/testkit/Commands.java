package io.holdfast.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Runs short commands of the operating system to their end. */
public final class Commands {
    private static final long LIMIT_SECONDS = 120;

    /** What a command said and how it ended. */
    public record Result(int code, String output) {
        public boolean ok() {
            return code == 0;
        }
    }

    private Commands() {}

    /**
     * Runs the command; its output goes through a file, because a daemon that it leaves behind would keep a pipe open.
     */
    public static Result run(List<String> command) {
        try {
            Path output = Files.createTempFile("holdfast-command", ".log");
            try {
                Process process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
                process.getOutputStream().close();
                int code = finish(process, command);
                return new Result(code, Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            return new Result(127, String.valueOf(e.getMessage()));
        }
    }

    private static int finish(Process process, List<String> command) {
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(command.getFirst() + " did not end within " + LIMIT_SECONDS + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while running " + command.getFirst(), e));
        }
    }

    static boolean onWindows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    static boolean asRoot() {
        return !onWindows() && "root".equals(System.getProperty("user.name"));
    }
}
