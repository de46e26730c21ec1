package io.holdfast.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MetricsDocTest {
    private static final Pattern REGISTERED = Pattern.compile("\\.(counter|timer|gauge|histogram)\\(\\s*\"([^\"]*)\"");
    private static final Pattern LABEL = Pattern.compile("new Tag\\(\\s*\"([^\"]*)\"");
    private static final List<List<String>> ROWS =
            Table.rows("reference/metrics.md", "metric", "kind", "labels", "meaning");

    @Test
    void every_metric_stands_in_the_reference_with_its_kind_and_no_other() throws IOException {
        Set<String> registered = new TreeSet<>();
        for (String source : sourcesWithMetrics()) {
            Matcher metric = REGISTERED.matcher(source);
            while (metric.find()) {
                registered.add(metric.group(2) + " " + metric.group(1));
            }
        }
        assertThat(registered).hasSizeGreaterThan(10).allMatch(name -> name.startsWith("bot_"));
        assertThat(ROWS.stream().map(row -> row.get(0) + " " + row.get(1)))
                .containsExactlyInAnyOrderElementsOf(registered);
    }

    @Test
    void every_label_stands_in_the_reference_and_no_other() throws IOException {
        Set<String> used = new TreeSet<>();
        for (String source : sourcesWithMetrics()) {
            Matcher label = LABEL.matcher(source);
            while (label.find()) {
                used.add(label.group(1));
            }
        }
        Set<String> documented = ROWS.stream()
                .flatMap(row -> Stream.of(row.get(2).split(", ")))
                .filter(label -> !label.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(documented).isNotEmpty().isEqualTo(used);
    }

    private static List<String> sourcesWithMetrics() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> String.join("\n", Table.lines(file)))
                    .filter(source -> source.contains("MetricRegistry"))
                    .toList();
        }
    }
}
