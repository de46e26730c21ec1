package io.holdfast.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CapabilitiesDocTest {
    private static final Path PAGE = Path.of("docs/reference/capabilities.md");
    private static final Pattern REFERENCE = Pattern.compile("`(?:([A-Z]\\w*(?:Test|IT)))?(?:#(\\w+))?`");

    @Test
    void every_test_that_is_named_exists() throws IOException {
        Map<String, String> sources = testSources();
        List<String> dangling = new ArrayList<>();
        int seen = 0;
        for (String line : Table.lines(PAGE)) {
            String type = "";
            Matcher reference = REFERENCE.matcher(line);
            while (reference.find()) {
                seen++;
                type = reference.group(1) == null ? type : reference.group(1);
                String source = sources.get(type);
                String method = reference.group(2);
                if (source == null || (method != null && !source.contains("void " + method + "("))) {
                    dangling.add(type + (method == null ? "" : "#" + method));
                }
            }
        }
        assertThat(seen).isGreaterThan(50);
        assertThat(dangling).isEmpty();
    }

    @Test
    void what_is_done_is_shown_by_a_test() {
        List<List<String>> done = Table.lines(PAGE).stream()
                .map(Table::cells)
                .filter(row -> row.size() == 6 && row.get(0).matches("[A-Z]+-\\d+"))
                .filter(row -> row.get(2).startsWith("done"))
                .toList();
        assertThat(done).isNotEmpty().allSatisfy(row -> assertThat(row.get(4)).containsPattern("Test|IT"));
    }

    private static Map<String, String> testSources() throws IOException {
        Map<String, String> sources = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            files.filter(file -> file.toString().endsWith(".java"))
                    .forEach(file -> sources.put(
                            file.getFileName().toString().replace(".java", ""), String.join("\n", Table.lines(file))));
        }
        return sources;
    }
}
