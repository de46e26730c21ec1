package io.holdfast.rig;

import io.holdfast.testkit.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a running server holds at one moment.
 *
 * @param threads live threads of the platform
 * @param heap bytes in use
 * @param connections sessions that the database has for it
 * @param handles open files and sockets of the process; 0 where the system does not tell
 */
public record Footprint(int threads, long heap, int connections, int handles) {
    private static final int COLLECTIONS = 3;

    /** Collects three times first, so that the heap is what is really held. */
    public static Footprint afterCollections(Installation installation) {
        for (int i = 0; i < COLLECTIONS; i++) {
            collect(installation.server().pid());
        }
        return now(installation);
    }

    static Footprint now(Installation installation) {
        String metrics =
                installation.client().send("GET", "/metrics?scope=base", null).text();
        return new Footprint(
                (int) metric(metrics, "thread_count"),
                (long) metric(metrics, "memory_usedHeap_bytes"),
                (int) installation.number(
                        "select count(*) from pg_stat_activity where application_name like 'holdfast-%'"),
                handles(installation.server().pid()));
    }

    /** The live threads alone, which costs no more than one request. */
    static int threads(Installation installation) {
        return (int) metric(
                installation.client().send("GET", "/metrics?scope=base", null).text(), "thread_count");
    }

    /** How many threads may be there when so many are usual. */
    static double threadLimit(int base) {
        return base * 1.1 + 5;
    }

    private static void collect(long pid) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Commands.Result result = Commands.run(List.of(jcmd, Long.toString(pid), "GC.run"));
        if (!result.ok()) {
            throw new IllegalStateException("jcmd " + pid + " GC.run: " + result.output());
        }
    }

    private static double metric(String metrics, String name) {
        Matcher line = Pattern.compile("(?m)^(?:base_)?" + name + "(?:\\{[^}]*})? ([0-9.E+-]+)$")
                .matcher(metrics);
        if (!line.find()) {
            throw new IllegalStateException(
                    "/metrics has no " + name + ": " + metrics.lines().limit(5).toList());
        }
        return Double.parseDouble(line.group(1));
    }

    private static int handles(long pid) {
        Path folder = Path.of("/proc", Long.toString(pid), "fd");
        if (!Files.isDirectory(folder)) {
            return 0;
        }
        try (Stream<Path> handles = Files.list(folder)) {
            return (int) handles.count();
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "%d threads, %.1f MiB of heap, %d sessions, %d handles"
                .formatted(threads, heap / 1048576.0, connections, handles);
    }
}
