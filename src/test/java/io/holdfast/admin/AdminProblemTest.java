package io.holdfast.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdminProblemTest {
    private static final Path PAGE = Path.of("docs/reference/errors.md");

    @Test
    void the_reference_lists_each_problem_with_its_status_and_no_other() throws Exception {
        List<String> documented = Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("| `urn:holdfast:problem:"))
                .map(line -> line.substring(0, line.indexOf('|', line.indexOf('|', 1) + 1) + 1))
                .toList();
        assertThat(documented)
                .containsExactlyInAnyOrderElementsOf(Stream.of(AdminProblem.values())
                        .map(problem -> "| `%s` | %d |".formatted(problem.type(), problem.status()))
                        .toList());
    }

    @Test
    void types_are_unique_and_kebab_case() {
        assertThat(AdminProblem.values())
                .extracting(AdminProblem::type)
                .doesNotHaveDuplicates()
                .allMatch(type -> type.matches("urn:holdfast:problem:[a-z]+:[a-z]+(-[a-z]+)*"));
    }
}
