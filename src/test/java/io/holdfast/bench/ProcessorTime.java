package io.holdfast.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Processor seconds, user and system, as /proc counts them in hundredths; the benchmark runs on Linux only.
 *
 * @param server the process of the server
 * @param database all processes of PostgreSQL, those that have ended included
 * @param driver this process: driver, fake Telegram and what measures
 * @param machine all that the machine's processors did
 */
record ProcessorTime(double server, double database, double driver, double machine) {
    private static final double TICKS = 100;
    private static final int USER = 13;
    private static final int SYSTEM = 14;
    private static final int CHILDREN_USER = 15;
    private static final int CHILDREN_SYSTEM = 16;
    private static final int IDLE = 4;
    private static final int IO_WAIT = 5;
    private static final int STEAL = 8;

    static ProcessorTime now(long serverPid, long databasePid) {
        return new ProcessorTime(
                of(serverPid, USER, SYSTEM),
                tree(databasePid),
                of(ProcessHandle.current().pid(), USER, SYSTEM),
                ofMachine());
    }

    ProcessorTime since(ProcessorTime before) {
        return new ProcessorTime(
                server - before.server, database - before.database, driver - before.driver, machine - before.machine);
    }

    /** What neither of the three used: neighbours, and the kernel's own threads. */
    double others() {
        return Math.max(0, machine - server - database - driver);
    }

    private static double tree(long pid) {
        int[] all = {USER, SYSTEM, CHILDREN_USER, CHILDREN_SYSTEM};
        return of(pid, all)
                + ProcessHandle.of(pid).stream()
                        .flatMap(ProcessHandle::descendants)
                        .mapToDouble(child -> of(child.pid(), all))
                        .sum();
    }

    private static double of(long pid, int... fields) {
        String line = read(Path.of("/proc", Long.toString(pid), "stat"));
        // The second field is a name in brackets that may hold anything.
        String[] rest = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
        return line.isEmpty()
                ? 0
                : Arrays.stream(fields)
                        .mapToDouble(field -> Long.parseLong(rest[field - 2]) / TICKS)
                        .sum();
    }

    private static double ofMachine() {
        String[] fields =
                read(Path.of("/proc/stat")).lines().findFirst().orElse("").split(" +", -1);
        double all = 0;
        for (int i = 1; i <= STEAL; i++) {
            all += i == IDLE || i == IO_WAIT ? 0 : Long.parseLong(fields[i]) / TICKS;
        }
        return all;
    }

    /** Empty for a process that has just ended. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("No such process")) {
                return "";
            }
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes of the process in memory. */
    static long resident(long pid) {
        return read(Path.of("/proc", Long.toString(pid), "status"))
                .lines()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .sum();
    }
}
