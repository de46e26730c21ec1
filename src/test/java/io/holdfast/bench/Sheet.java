package io.holdfast.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What a cell found: facts in words, figures with their units. Safe for several threads. */
final class Sheet {
    static final Path FOLDER = Path.of("target", "bench").toAbsolutePath();

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Figure(double value, String unit) {
        @Override
        public String toString() {
            double size = Math.abs(value);
            String format = value == Math.rint(value) || size >= 100 ? "%,.0f" : size >= 10 ? "%,.1f" : "%.3f";
            return (String.format(Locale.ROOT, format, value) + " " + unit).strip();
        }
    }

    private final String cell;
    private final String size;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private final Map<String, Figure> figures = new LinkedHashMap<>();

    Sheet(String cell, String size) {
        this.cell = cell;
        this.size = size;
    }

    synchronized void fact(String name, Object value) {
        facts.put(name, String.valueOf(value));
    }

    synchronized void figure(String name, double value, String unit) {
        figures.put(name, new Figure(value, unit));
    }

    synchronized void figure(String name, long value, String unit) {
        figure(name, (double) value, unit);
    }

    /** Where a file of this cell goes. */
    Path file(String ending) {
        return FOLDER.resolve("%s-%s%s".formatted(cell, size, ending));
    }

    /** Writes target/bench/CELL-SIZE.json and the table of all cells, and prints the block. */
    synchronized void write() {
        ObjectNode json = JSON.createObjectNode().put("cell", cell).put("size", size);
        ObjectNode known = json.putObject("facts");
        facts.forEach(known::put);
        ObjectNode found = json.putObject("figures");
        figures.forEach((name, figure) ->
                found.putObject(name).put("value", figure.value()).put("unit", figure.unit()));
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(file(".json"), json.toPrettyString() + System.lineSeparator());
            System.out.println(this);
            Files.writeString(FOLDER.resolve("report.md"), report());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String report() throws IOException {
        StringBuilder table = new StringBuilder("| cell | figure | found |\n|---|---|---|\n");
        StringBuilder runs = new StringBuilder();
        for (Path file : sheets()) {
            JsonNode sheet = JSON.readTree(file.toFile());
            String name = "`%s`, %s"
                    .formatted(sheet.path("cell").asText(), sheet.path("size").asText());
            for (Map.Entry<String, JsonNode> figure : sheet.path("figures").properties()) {
                table.append("| %s | %s | %s |%n"
                        .formatted(
                                name,
                                figure.getKey(),
                                new Figure(
                                        figure.getValue().path("value").asDouble(),
                                        figure.getValue().path("unit").asText())));
                name = "";
            }
            JsonNode facts = sheet.path("facts");
            runs.append("- `%s`, %s, %s, %s%n"
                    .formatted(
                            facts.path("command").asText(),
                            facts.path("date").asText(),
                            facts.path("machine").asText(),
                            facts.path("commit").asText()));
        }
        return table + "\n" + runs;
    }

    private static List<Path> sheets() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder("---- bench: %s, size %s%n".formatted(cell, size));
        facts.forEach((name, value) -> text.append("  %-22s %s%n".formatted(name, value)));
        figures.forEach((name, figure) -> text.append("  %-52s %s%n".formatted(name, figure)));
        return text.append("----").toString();
    }
}
