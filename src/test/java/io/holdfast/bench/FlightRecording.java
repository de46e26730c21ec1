package io.holdfast.bench;

import io.holdfast.testkit.Commands;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A recording of the server's JVM over the time that is measured, with {@code -Dbench.jfr=true}; it costs a little. */
final class FlightRecording {
    private final long pid;
    private final boolean wanted = Boolean.getBoolean("bench.jfr");

    private FlightRecording(long pid) {
        this.pid = pid;
    }

    static FlightRecording begin(long pid, Sheet sheet) {
        FlightRecording recording = new FlightRecording(pid);
        if (recording.wanted) {
            Path file = sheet.file(".jfr");
            recording.command("JFR.start", "name=bench", "settings=profile", "filename=" + file);
            sheet.fact("recording", file.getFileName());
        }
        return recording;
    }

    private void command(String... words) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(pid)));
        command.addAll(List.of(words));
        Commands.Result result = Commands.run(command);
        if (!result.ok()) {
            throw new IllegalStateException(command + ": " + result.output());
        }
    }

    /** Writes the file. */
    void end() {
        if (wanted) {
            command("JFR.stop", "name=bench");
        }
    }
}
