package io.holdfast.rig;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Makes one table of all verdicts in a folder, in the form that docs/internals/reliability.md holds. */
final class RigReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private RigReport() {}

    /** Writes report.md beside the verdicts. */
    static void write(Path folder) {
        StringBuilder table = new StringBuilder("| cell | figure | found | limit |\n|---|---|---|---|\n");
        StringBuilder runs = new StringBuilder();
        try {
            for (Path file : verdicts(folder)) {
                JsonNode verdict = JSON.readTree(file.toFile());
                rows(table, verdict);
                runs.append(run(verdict));
            }
            Files.writeString(folder.resolve("report.md"), table + "\n" + runs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> verdicts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    private static void rows(StringBuilder table, JsonNode verdict) {
        String cell = "`%s`, %s"
                .formatted(verdict.path("cell").asText(), verdict.path("size").asText());
        for (JsonNode figure : verdict.path("figures")) {
            String limit = figure.path("limit").isNull()
                    ? ""
                    : figure.path("limit").asText() + (figure.path("kept").asBoolean() ? "" : " **missed**");
            table.append("| %s | %s | %s | %s |\n"
                    .formatted(
                            cell,
                            figure.path("name").asText(),
                            figure.path("value").asText(),
                            limit));
            cell = "";
        }
    }

    private static String run(JsonNode verdict) {
        JsonNode facts = verdict.path("facts");
        return "- `%s`: `%s`, %s, %s, driver %s\n"
                .formatted(
                        verdict.path("cell").asText(),
                        facts.path("command").asText(),
                        facts.path("date").asText(),
                        facts.path("machine").asText(),
                        facts.path("driver's processor time").asText());
    }
}
