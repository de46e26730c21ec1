package io.holdfast.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CrashPointTest {
    private static final Pattern HIT = Pattern.compile("CrashPoint\\.hit\\(\"([a-z0-9-]+)\"\\)");

    @Test
    void each_name_stands_once_in_the_sources_and_no_other_does() throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "main", "java"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                HIT.matcher(Files.readString(file)).results().forEach(hit -> found.add(hit.group(1)));
            }
        }
        assertThat(found).containsExactlyInAnyOrderElementsOf(CrashPoint.NAMES);
    }

    @Test
    void a_place_that_nobody_asked_for_is_passed() {
        CrashPoint.NAMES.forEach(CrashPoint::hit);
        for (Mishap mishap : Mishap.values()) {
            mishap.perhaps();
        }
        assertThat(System.getProperty("rig.crash")).isNull();
    }
}
